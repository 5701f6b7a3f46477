"""接口: other systems' door to the same acts and queries the pages use, with a description made from the lists in force.

Enters: JSON under a token of one body. Leaves: JSON, numbers as exact text; refusals in one shape
``{ok, id, message, errors, status}``. It decides nothing: rights, states and values are judged by acts and queries.
"""
