"""Whose record is it: identity numbers, names, matching."""
