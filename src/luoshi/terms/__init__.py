"""术语: values that every room speaks, and the glossary that ties each to its Chinese term.

Enters: nothing. Leaves: small immutable values (numbers, units, periods, spans, sources, findings,
refusals). A type enters this room only when two rooms use it and ``glossary/`` defines it (one file per room).
"""
