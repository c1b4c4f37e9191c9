"""刑执智检: an offline desktop program for prosecutors who supervise how sentences are carried out."""

__version__ = "0.1.0"
