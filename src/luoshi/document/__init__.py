"""文件: the bytes of a published document become verbatim text with its structure.

Enters: bytes and a name (txt in any Chinese encoding, html, docx; other formats are refused with advice until
they have a loader). Leaves: a frozen ``Document``: the text exactly as published
(of a web page or Word file: its paragraphs, one a line), its areas, numbered tasks and
paragraphs as code-point spans, the regions that are no part of the body (page furniture, glossary, heading
numbers), and findings. It will not change a character, guess at meaning or raise on bad input.
"""

from luoshi.document.load import LIMIT, load
from luoshi.document.model import Area, Document, Paragraph, Region, Task

__all__ = ["LIMIT", "Area", "Document", "Paragraph", "Region", "Task", "load"]
