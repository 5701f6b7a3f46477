"""考评: lights, league tables, forecasts. Every result carries the rule that decided and its arithmetic.

Enters: rule sets and league rules written in YAML, standings and contenders made of plain values, an
as-of date. Leaves: lights, tables and forecasts with their traces, as values and as JSON without numbers.
It stores nothing, reads no clock, and knows no county's rules: those are data (domain.md §1.5).
"""
