"""公式: SQL expressions over a list's fields, checked when the list is loaded, exact when they are worked out.

In: the text of a formula and the names it may use. Out: a checked tree with type and unit, then values
as exact fractions with a trace. It will not read a file, call a function that is not on the list, use
floating point, or give a result that depends on the order of rows.
"""
