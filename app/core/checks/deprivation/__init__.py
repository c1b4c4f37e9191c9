"""The desk of deprivation of political rights: who is not listed, from when until when, who was not told."""
