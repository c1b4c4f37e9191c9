"""Spreadsheets become records and rejects; nothing is lost, nothing is guessed."""
