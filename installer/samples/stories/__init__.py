"""How the stories of correction and deprivation become rows: facts and limits → days → tables → sheets and answers.

A story (correction/stories, deprivation/stories) names a chain of chains.toml: what happens to everybody, in order and
in time. It says what is otherwise: facts (`reported = "report_limit+1"`) and cells or rows of the tables T01 … T25 by
the columns' own names. The limits stand in limits.toml with their articles; weekdays off in workdays.toml.
"""
