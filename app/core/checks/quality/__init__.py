"""The quality of what was delivered: what the sheets of an office have that should be looked at again."""
