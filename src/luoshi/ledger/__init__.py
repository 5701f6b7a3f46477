"""台账: what happened, kept for ever. Change → fact; state is the fold of facts.

Enters: changes decided by ``lists``. Leaves: facts with their bytes and hashes, entries folded from
them, findings about a broken chain, checkpoints. It knows no database: the caller appends and reads.
"""
