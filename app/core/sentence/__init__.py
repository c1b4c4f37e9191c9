"""Sentence arithmetic: pure functions of dates and terms, tested by properties."""
