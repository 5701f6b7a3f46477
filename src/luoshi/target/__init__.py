"""目标: what was promised in numbers, and how far along it is; arithmetic only.

Enters: a target, what was achieved (with its date and origin), nodes, a trajectory, an as-of date.
Leaves: exact progress with its trace, the share that should be reached by now, findings on decompositions.
It gives no colours, compares no bodies, and never rounds before showing (domain.md §0.5).
"""
