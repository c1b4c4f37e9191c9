"""A sample workbook for every shipped model: sheets as offices keep them, and beside it what the model must find.

The rows and the answers stand in `told/`, decided by hand; nothing here asks the program for an answer.
"""
