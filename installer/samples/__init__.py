"""The sample batch of the reduction desk: artificial people, real law, and the answers decided beforehand.

The cases stand in cases/*.toml, each with its answer and the reason from the text of the law; `python -m
installer.samples` makes the spreadsheets and answers.json of them. Nothing here asks the program for an answer.
"""
