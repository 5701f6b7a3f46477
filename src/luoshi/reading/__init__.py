"""识读: a document's text becomes proposals, each with its place and the rules that made it.

Enters: a ``Document``. Leaves: a ``Reading``: number mentions (target, condition, name, result) with indicator,
value, unit, comparator, basis, baseline and modality; commitments without a number (project, honour, event,
measure); findings; a derivation per proposal. Modules of their own read who answers for a task
(``responsibility``, ``decomposition``), what has been done (``progress``, ``bulletin``) and which adopted commitment
that can mean (``matching``). Word lists are data (``lexicon/*.yaml``). It will not change the
text, record anything, or decide what is adopted: a person does.
"""

from luoshi.reading.model import Commitment, Mention, Reading
from luoshi.reading.reading import read

__all__ = ["Commitment", "Mention", "Reading", "read"]
