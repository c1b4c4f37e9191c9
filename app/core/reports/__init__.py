"""Ledgers and figures drawn from the store's views."""
