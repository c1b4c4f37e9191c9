"""Setting up, trying, testing and building the program; dev.py and what it imports use the standard library only."""
