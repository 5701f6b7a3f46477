"""办理: one module per write. Each decides through ``lists``, appends through ``store``, all in one transaction.

Enters: plain values typed or chosen by a person, and a ``Context`` (who, when). Leaves: the entries
after the act; a refusal is raised as ``Refused`` and nothing was recorded.
"""
