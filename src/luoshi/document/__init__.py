"""文件: the bytes of a published document become verbatim text with its structure.

Enters: bytes and a name (txt in any Chinese encoding, html, docx, xlsx, pdf, ofd, and pictures where the extra
``ocr`` is installed; the bytes decide; other formats are refused with advice). Leaves: a frozen ``Document``: the
text exactly as published, one paragraph a line, tables with tabs between their cells; its areas, numbered tasks,
paragraphs and tables as code-point spans; the regions that are no part of the body (page furniture, contents,
footnotes, glossary, heading numbers); and findings. It will not change a character, guess at meaning or raise on
bad input; a number that Word draws itself is written out, with a note.
"""

from luoshi.document.load import LIMIT, load
from luoshi.document.model import Area, Document, Paragraph, Position, Region, Task
from luoshi.document.table import Table, TableCell

__all__ = ["LIMIT", "Area", "Document", "Paragraph", "Position", "Region", "Table", "TableCell", "Task", "load"]
