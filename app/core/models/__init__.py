"""Supervision models as files: reading them, trying their cases, and asking their steps of rows."""
