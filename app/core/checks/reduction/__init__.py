"""Commutation and parole: every proposal of a batch asked all its questions."""
