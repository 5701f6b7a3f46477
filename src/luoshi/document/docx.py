"""Word files to text: paragraphs and tables in the printed order, with the numbers Word draws itself."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from luoshi.document.archive import Archive
from luoshi.document.extract import Extract, UnreadableFile, Writer
from luoshi.document.numbering import Numbering, W, list_of, read_numbering, read_styles
from luoshi.document.table import ROW_LIMIT, Block, arrange
from luoshi.terms.finding import Finding, Level

FOOTNOTE, CONTENTS = "脚注", "目录"

_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_DROPPED = {  # struck out, moved away, drawn twice, or said elsewhere
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "rt", "txbxContent", "tblPr", "tcPr", "trPr")
} | {f"{_ALTERNATIVE}Fallback"}
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_BODY = {f"{W}p", f"{W}tbl"}
_NESTING = 20


def read_docx(archive: Archive, name: str) -> Extract:
    """The text of a Word file.

    Args:
        archive: the opened package.
        name: how the file is called in findings.

    Raises:
        UnreadableFile: a part is missing, broken or too large, or there is no body.
    """
    main = _main_part(archive)
    body = archive.xml(main).find(f"{W}body")
    if body is None:
        raise UnreadableFile("document.E005", "Word文件里没有正文。", "请重新另存为docx后再读。")
    reader = _Reader(archive, main, name)
    reader.blocks(body)
    return reader.finish()


def _main_part(archive: Archive) -> str:
    if "_rels/.rels" in archive:
        for relation in archive.xml("_rels/.rels").iter(_RELATION):
            target = str(relation.get("Target", ""))
            if relation.get("Type", "").endswith("/officeDocument") and target in archive:
                return target.lstrip("/")
    return "word/document.xml"


class _Reader:
    """The state of one reading: how far each list has counted, and what was written."""

    def __init__(self, archive: Archive, main: str, name: str) -> None:
        self.archive = archive
        self.folder = posixpath.dirname(main)
        self.writer = Writer("docx", name)
        self.numbering: Numbering = read_numbering(self._part("numbering.xml"))
        self.styles = read_styles(self._part("styles.xml"))
        self.restored = 0
        self.nested = 0

    def _part(self, name: str) -> Any:
        path = posixpath.join(self.folder, name)
        try:
            return self.archive.xml(path) if path in self.archive else None
        except UnreadableFile as error:
            message = f"{name}读不出，其中的内容已略过。"
            finding = Finding("document.W007", Level.WARNING, self.writer.name, message, error.hint)
            self.writer.findings.append(finding)
            return None

    def blocks(self, parent: Any) -> None:
        """Write the paragraphs and tables under an element."""
        for block, is_contents in _blocks(parent):
            if self.writer.full:
                return
            if block.tag == f"{W}tbl":
                self.writer.table(arrange(self._rows(block)))
                continue
            words, frames = self._paragraph(block)
            if is_contents or _is_contents(block):
                if words.strip():
                    self.writer.aside.append((CONTENTS, words))
            else:
                for line in words.split("\n"):
                    self.writer.line(line)
            for frame in frames:
                self._frame(frame)

    def _frame(self, frame: Any) -> None:
        """A text box: its paragraphs follow the one it is anchored in."""
        self.nested += 1
        if self.nested <= _NESTING:
            self.blocks(frame)
        self.nested -= 1

    def _paragraph(self, paragraph: Any) -> tuple[str, list[Any]]:
        words, frames = _words(paragraph)
        list_, depth = list_of(paragraph, self.styles)
        if list_ in {"", "0"} or not words.strip():
            return words, frames
        mark = self.numbering.mark(list_, depth)
        self.restored += bool(mark)
        return mark + words, frames

    def _rows(self, table: Any) -> list[list[Block]]:
        """The cells of each row; a cell continued from above lengthens the one it continues."""
        rows: list[list[Block]] = []
        open_cells: dict[int, tuple[int, int]] = {}  # column → (row, index) of the cell that began there
        for r, row in enumerate(_inside(table, f"{W}tr")):
            line: list[Block] = []
            if r >= ROW_LIMIT:  # counted, not read
                rows.append(line)
                continue
            column = _number(row, f"{W}trPr/{W}gridBefore", 0)
            if column:
                line.append(Block("", 1, column))
            for cell in _inside(row, f"{W}tc"):
                width = max(1, _number(cell, f"{W}tcPr/{W}gridSpan", 1))
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                begun = open_cells.get(column)
                if merge is not None and merge.get(f"{W}val", "continue") == "continue" and begun:
                    above = rows[begun[0]][begun[1]]
                    rows[begun[0]][begun[1]] = Block(above.text, r - begun[0] + 1, above.width)
                else:
                    open_cells.pop(column, None)
                    if merge is not None:
                        open_cells[column] = (r, len(line))
                    line.append(Block(self._cell(cell), 1, width))
                column += width
            rows.append(line)
        return rows

    def _cell(self, cell: Any) -> str:
        parts: list[str] = []
        for block, _ in _blocks(cell):
            if block.tag == f"{W}p":
                parts.append(self._paragraph(block)[0])
                continue
            self.nested += 1
            if self.nested <= _NESTING:
                parts.extend("\n".join(inner.text for inner in row if inner.text) for row in self._rows(block))
            self.nested -= 1
        return "\n".join(parts).strip().replace("\t", " ")

    def finish(self) -> Extract:
        """The extract, with footnotes as named regions and findings on what was restored."""
        for part, tag in (("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")):
            root = self._part(part)
            for note in root.iter(f"{W}{tag}") if root is not None else ():
                words = "\n".join(_words(one)[0] for one in note.iter(f"{W}p")).strip()
                if words:
                    self.writer.aside.append((FOOTNOTE, words))
        if self.restored:
            message = f"有{self.restored}处自动编号已按Word的编号规则还原为文字。"
            finding = Finding("document.N001", Level.NOTE, self.writer.name, message, "请核对序号与原文件是否一致。")
            self.writer.findings.append(finding)
        return self.writer.finish()


def _blocks(parent: Any) -> Iterator[tuple[Any, bool]]:
    """Paragraphs and tables in order, through content controls; whether they stand in a table of contents."""
    stack = [(child, False) for child in reversed(parent)]
    while stack:
        node, is_contents = stack.pop()
        if node.tag in _BODY:
            yield node, is_contents
        elif node.tag not in _DROPPED:
            gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery") if node.tag == f"{W}sdt" else None
            inside = is_contents or (gallery is not None and gallery.get(f"{W}val") == "Table of Contents")
            stack.extend((child, inside) for child in reversed(node))


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, through content controls, not those of a table within."""
    stack = list(reversed(parent))
    while stack:
        node = stack.pop()
        if node.tag == tag:
            yield node
        elif node.tag not in _DROPPED and node.tag not in _BODY:
            stack.extend(reversed(node))


def _words(paragraph: Any) -> tuple[str, list[Any]]:
    """The words of one paragraph as they stand after all changes are accepted, and the text boxes anchored in it."""
    words: list[str] = []
    frames: list[Any] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        if node.tag == f"{W}t":
            words.append(node.text or "")
        elif node.tag in _SIGNS:
            page_break = node.get(f"{W}type") in {"page", "column"}
            words.append("" if page_break else _SIGNS[node.tag])
        elif node.tag == f"{W}txbxContent":
            frames.append(node)
        elif node.tag not in _DROPPED:
            stack.extend(reversed(node))
    return "".join(words), frames


def _is_contents(paragraph: Any) -> bool:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return style is not None and style.get(f"{W}val", "").upper().startswith("TOC")


def _number(element: Any, path: str, otherwise: int) -> int:
    found = element.find(path)
    value = found.get(f"{W}val", "") if found is not None else ""
    return min(int(value), 1_000) if value.isascii() and value.isdigit() and len(value) < 7 else otherwise
