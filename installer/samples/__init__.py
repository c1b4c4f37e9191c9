"""The samples of the desks: artificial people, real law, and the answers decided beforehand.

`python -m installer.samples` makes the spreadsheets and answers.json of all desks out of the cases and stories that
stand in the folders named after them. Nothing here asks the program for an answer.
"""
