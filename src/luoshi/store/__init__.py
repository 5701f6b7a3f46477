"""库房: the only room that knows the database.

Enters: changes (through ``append``), drafts, accounts, evidence. Leaves: entries, pages of entries,
facts, ratings. Facts are appended here and nowhere else, and only acts call ``append``.
"""
