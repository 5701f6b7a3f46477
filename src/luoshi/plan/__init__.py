"""任务: editions of what was adopted (entry ids and spans), their differences, decomposition and balance.

Enters: entry ids, spans and values chosen by a person. Leaves: editions and what changed between two.
It does not read documents: a person's adoption stands between machine reading and the record.
"""
