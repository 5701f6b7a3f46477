"""落实 Luoshi: carries a county's published key tasks from the document to the delivered result.

Rooms, in the order in which data flows; a room imports only rooms named before it (docs/adr/0001):
terms, document, reading, target, people, lists, ledger, plan, assessment, publication, store, acts,
messages, api, web, cli, demo, site.
"""

__version__ = "0.1.0"
