"""门（网页）: pages of the working system, rendered on the server, usable without scripts.

Enters: requests. Each view parses input, calls one act or one query, and renders. Leaves: HTML, files.
Pages decide nothing: what may be done is said by the lists, what is shown comes ready from ``store.queries``;
a refusal is rendered with its message and everything typed stays in its field.
"""
