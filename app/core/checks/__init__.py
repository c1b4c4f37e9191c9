"""Rules: one function a rule, one file a family; a rule answers every case with a verdict, its steps and its cells."""
