"""清单: the list language. A list is data: fields, states, moves, clocks, who may see and do what.

Enters: definitions written in YAML, entries, moves asked for. Leaves: checked definitions, and for
each (entry, move, actor, moment) a ``Change`` or a ``Refusal``. It never names a fact, a table or a page.
"""
