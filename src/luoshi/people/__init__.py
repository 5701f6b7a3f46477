"""职责: bodies as a tree, posts and their holders, and pure decisions about who may do what.

Enters: rosters made of plain values. Leaves: actors, and ``None`` or a ``Refusal`` from ``may_…``.
Posts, not persons, hold duties: when a post-holder changes, everything passes on.
"""
