"""Word files (docx) to text: paragraphs and table rows in the order in which they are printed."""

from __future__ import annotations

import io
import zipfile

MEMBER = "word/document.xml"
UNPACKED_LIMIT = 200_000_000
"""Bytes that all parts of a package may unpack to; more is taken for a zip bomb."""


class UnreadableFile(ValueError):
    """A file of a known format cannot be read; the message is a Chinese sentence for people."""


def read_word(data: bytes) -> str:
    """The text of a docx file: one line per paragraph, one per table row with its cells set apart by tabs.

    Raises:
        UnreadableFile: the package is broken, too large when unpacked, or no Word document.
    """
    check_package(data)
    import docx
    from docx.table import Table

    try:
        word = docx.Document(io.BytesIO(data))
        lines: list[str] = []
        for block in word.iter_inner_content():
            lines.extend(_rows(block) if isinstance(block, Table) else [block.text])
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile("Word文件已损坏，打不开。") from error
    return "\n".join(lines) + "\n"


def _rows(table: object) -> list[str]:
    """The rows of a table; a merged cell is written once."""
    lines = []
    for row in table.rows:  # type: ignore[attr-defined]
        cells, last = [], None
        for cell in row.cells:
            if cell._tc is not last:  # noqa: SLF001  the only way to know a merged cell again
                cells.append(" ".join(cell.text.split()))
            last = cell._tc  # noqa: SLF001
        lines.append("\t".join(cells))
    return lines


def check_package(data: bytes) -> None:
    """Look into a zip package without unpacking it.

    Raises:
        UnreadableFile: as ``read_word``; the message names the format when it is another one.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            size = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableFile("压缩包已损坏，打不开。") from error
    if MEMBER not in names:
        kind = next((label for mark, label in _PACKAGES if mark in names), "压缩包")
        raise UnreadableFile(f"文件是{kind}，目前只读文字、网页和Word文件。")
    if size > UNPACKED_LIMIT:
        raise UnreadableFile("文件解开后过大，可能是恶意文件，未打开。")


_PACKAGES = (("xl/workbook.xml", "Excel表格"), ("OFD.xml", "OFD版式文件"), ("ppt/presentation.xml", "演示文稿"))
