"""查询: what each page shows, ready as plain strings; a fixed handful of database queries for any number of rows.

Enters: a ``Desk`` (who looks, at which plan and month) and the filters chosen. Leaves: dicts of text for
a template. Nothing is written here; what somebody may not see is left out or refused.
"""
