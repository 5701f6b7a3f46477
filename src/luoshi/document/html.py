"""Web pages as saved from government sites: the block that holds the document, with its tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from luoshi.document.encoding import decode
from luoshi.document.extract import Extract, UnreadableFile, Writer
from luoshi.document.table import ROW_LIMIT, Block, arrange
from luoshi.document.wordlist import load_lexicon
from luoshi.terms.finding import Finding, Level

HTML_LIMIT = 8_000_000
"""Bytes of markup without scripts and embedded pictures; a page has some 100,000."""
TAG_LIMIT = 400_000
"""Marks that open or close an element; the tree takes some 400 bytes for each."""

_BLOCKS = {
    "p", "div", "td", "th", "tr", "li", "ul", "ol", "dl", "dt", "dd", "br", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "section", "article", "table", "tbody", "thead", "center", "blockquote", "pre", "figure", "main", "header", "body",
}  # fmt: skip
_SKIPPED = {
    "script", "style", "noscript", "head", "nav", "footer", "aside", "iframe", "select", "button", "textarea",
    "template", "svg", "object", "title",
}  # fmt: skip
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_BALLAST = re.compile(rb"<(script|style|svg)\b|<!--|(?<=[\"'(])data:[a-z0-9/+.;=-]{1,99},", re.IGNORECASE)
_ENCODED = re.compile(rb"[A-Za-z0-9+/=%\s]*")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = re.compile("[ \t\r\n\f\v]+")
_WRAP = re.compile(
    r"(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]) *[\r\n][ \t\r\n\f\v]*(?=[\u3000-\u9fff\uff00-\uffef])"
)
_SENTENCE = re.compile("[，。；、：]")
_SHARE = 0.8
"""Part of a page's prose that the document's block holds at least."""
_TITLE_LIMIT = 80
_SITE = re.compile(r"[_|]|\s-|-{2}|——\S*(?:网|政府)\Z")
_SPAN = re.compile(r"\d{1,5}")


def is_html(data: bytes) -> bool:
    """Whether the bytes begin like a web page."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    while head.startswith(b"<!--") and b"-->" in head:
        head = head.split(b"-->", 1)[1].lstrip()
    if head.startswith(b"<?xml"):
        return b"<html" in head
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<meta", b"<div", b"<table"))


def read_html(data: bytes, name: str) -> Extract:
    """The text of the document in a web page, without what the site puts around it.

    Raises:
        UnreadableFile: the page is too large, no text in any encoding, or has no words.
    """
    from lxml import etree, html

    text, encoding, broken = _text(data)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        page = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise _empty() from error
    block = _block(page)
    writer = Writer("html", name)
    if broken:
        message = f"网页里有{broken}个字节按{encoding}编码读不出，已用占位符代替。"
        writer.findings.append(Finding("document.W008", Level.WARNING, name, message, "请核对占位符处的原文。"))
    title = _title(page, block)
    if title:
        writer.line(title)
    _Walk(writer).write(block)
    if not writer.at:
        raise _empty()
    return writer.finish(encoding)


def _empty() -> UnreadableFile:
    return UnreadableFile("document.E001", "网页里没有文字。", "请检查网页是否保存完整。")


def _text(data: bytes) -> tuple[str, str, int]:
    """The page as text, its encoding, and how many characters could not be decoded."""
    lean = _lean(data) if b"\0" not in data[:4096] else data
    if len(lean) > HTML_LIMIT:
        message = f"网页有{len(lean) // 1_000_000}兆字节，超过{HTML_LIMIT // 1_000_000}兆字节的上限，未打开。"
        raise UnreadableFile("document.E007", message, "请从网页中复制正文另存为docx或txt后再读。")
    tags = lean.count(b"<")
    if tags > TAG_LIMIT:
        message = f"网页有{tags}个标记，超过{TAG_LIMIT}个的上限，未打开。"
        raise UnreadableFile("document.E007", message, "请从网页中复制正文另存为docx或txt后再读。")
    found = decode(lean)
    named = _CHARSET.search(data[:4096])
    codec = named[1].decode("ascii").lower() if named else ""
    codec = "gb18030" if codec.startswith(("gb", "x-gb")) else codec
    if codec and not (found and found[1].startswith("utf")):  # bytes that are strict UTF-8 are that, whatever is said
        try:
            text = lean.decode(codec, "replace")
        except LookupError:
            text = ""
        broken = text.count("\ufffd")
        if text and broken * 50 < len(text):
            return text, codec, broken
    if found is None:
        raise UnreadableFile("document.E003", "内容不是文字，可能是二进制文件。", "请使用文件的文字版。")
    return found[0], found[1], 0


def _lean(data: bytes) -> bytes:
    """The page without scripts, styles, comments and embedded pictures; one pass, whatever is left open."""
    lower = data.lower()
    unclosed: set[bytes] = set()
    kept: list[bytes] = []
    at = 0
    for found in _BALLAST.finditer(data):
        if found.start() < at:
            continue
        if found[0].lower().startswith(b"data:"):
            after = _ENCODED.match(data, found.end())
            end = after.end() if after else found.end()
        else:
            close = b"</" + found[1].lower() if found[1] else b"-->"
            place = -1 if close in unclosed else lower.find(close, found.end())
            if place < 0:
                unclosed.add(close)
                continue
            end = (lower.find(b">", place) + 1) or len(data)
        kept.append(data[at : found.start()])
        at = end
    kept.append(data[at:])
    return b"".join(kept)


def _block(page: Any) -> Any:
    """The element that holds the document: one the site's template marks, else the least that holds its prose."""
    whole, prose = _weigh(page)
    marked = _marked(page)
    for candidate in marked:
        if prose.get(candidate, 0) >= max(100, 0.3 * whole) or (whole < 100 and prose.get(candidate, 0) > 0):
            return candidate
    body = page.find("body")
    best = body if body is not None else page
    while not (best.tag == "table" and is_data_table(best)):
        inner = next((child for child in best if prose.get(child, 0) >= _SHARE * whole > 0), None)
        if inner is None or inner.tag in {"p", "span", "font"}:
            break
        best = inner
    if best.tag == "table" and is_data_table(best) and best.getparent() is not None:
        best = best.getparent()  # what stands above and below the table belongs to it
    alone = sum(child.tag in _BLOCKS for child in best.iterdescendants()) <= 1
    while best.tag in {"tr", "tbody", "thead"} or (alone and best.tag != "body" and best.getparent() is not None):
        best, alone = best.getparent(), False  # each paragraph in a box of its own: the box around them is meant
    return best


def _marked(page: Any) -> list[Any]:
    words = load_lexicon(Path(__file__).parent / "lexicon")["webpage"]
    ids = {word: rank for rank, word in enumerate(words["blocks"])}
    found: list[tuple[int, int, Any]] = []
    for order, element in enumerate(page.iter()):
        names = [element.get("id", ""), *element.get("class", "").split()] if isinstance(element.tag, str) else []
        rank = min((ids[one] for one in names if one in ids), default=None)
        if rank is not None:
            found.append((rank, order, element))
    return [element for _, _, element in sorted(found, key=lambda one: one[:2])]


def _weigh(page: Any) -> tuple[int, dict[Any, int]]:
    """How much prose each element holds: words outside links, those without a sentence's marks for little."""
    prose: dict[Any, int] = {}
    stack: list[tuple[Any, bool]] = [(page, False)]
    while stack:
        node, is_done = stack.pop()
        parent = node.getparent()
        if is_done:
            if parent is not None:
                prose[parent] = prose.get(parent, 0) + prose.get(node, 0) + _weight(node.tail)
            continue
        if _is_skipped(node):
            if parent is not None:
                prose[parent] = prose.get(parent, 0) + _weight(node.tail)
            continue
        stack.append((node, True))
        prose[node] = prose.get(node, 0) + (0 if node.tag == "a" else _weight(node.text))
        if node.tag != "a":
            stack.extend((child, False) for child in reversed(node))
    return prose.get(page, 0), prose


def _weight(text: str | None) -> int:
    words = (text or "").strip()
    return len(words) if _SENTENCE.search(words) else len(words) // 4


def _is_skipped(node: Any) -> bool:
    if not isinstance(node.tag, str) or node.tag in _SKIPPED:
        return True
    style = node.get("style")
    return bool(style and _HIDDEN.search(style))


def _title(page: Any, block: Any) -> str:
    """The document's title when it stands outside its block: a heading, its ArticleTitle, or the page's own title."""
    if next(block.iter("h1"), None) is not None:
        return ""
    candidates = [_line(one.text_content()) for one in page.iter("h1")]
    candidates += [one.get("content", "") for one in page.iter("meta") if one.get("name", "").lower() == "articletitle"]
    shown = "".join("".join(page.xpath("//body//text()[not(ancestor::a)]")).split())
    for one in page.iter("title"):
        own = _SITE.split(one.text_content().strip(), maxsplit=1)[0]
        candidates += [own] if "".join(own.split()) in shown else []
    opening = "".join(block.text_content()[:400].split())
    for title in candidates:
        words = title.strip()
        if 4 <= len(words) <= _TITLE_LIMIT:
            return "" if "".join(words.split()) in opening else words
    return ""


def _line(words: str) -> str:
    return _SPACES.sub(" ", _WRAP.sub("", words)).strip()


class _Walk:
    """One walk over the block: a line for each block element, tables as tables."""

    def __init__(self, writer: Writer) -> None:
        self.writer = writer
        self.words: list[str] = []

    def write(self, block: Any) -> None:
        """Write the block's lines and tables."""
        stack: list[tuple[Any, bool]] = [(block, False)]
        while stack and not self.writer.full:  # no recursion: pages are nested deeply
            node, is_done = stack.pop()
            if is_done:
                if node.tag in _BLOCKS:
                    self._close()
                if node is not block:
                    self.words.append(node.tail or "")
                continue
            if _is_skipped(node):
                self.words.append(node.tail or "")
                continue
            stack.append((node, True))
            if node.tag in _BLOCKS:
                self._close()
            if node.tag == "table" and is_data_table(node):
                self.writer.table(arrange(_rows(node)))
                continue
            self.words.append(node.text or "")
            stack.extend((child, False) for child in reversed(node))
        self._close()

    def _close(self) -> None:
        words = _line("".join(self.words))
        self.words.clear()
        if words:
            self.writer.line(words)


def is_data_table(table: Any) -> bool:
    """Whether a table holds data, not the page's layout: several rows and columns, no table within."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[cell for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")]
    reaching: list[int] = []  # the last rows of the cells that reach down beside the row at hand
    wide = 0
    for at, row in enumerate(rows):
        reaching = [last for last in reaching if last >= at]
        wide += len(row) + len(reaching) > 1
        reaching += [at + _spanned(cell.get("rowspan")) - 1 for cell in row if cell.get("rowspan")]
    return len(rows) > 1 and wide * 2 >= len(rows)


def _rows(table: Any) -> list[list[Block]]:
    return [
        [
            Block(_cell(cell), _spanned(cell.get("rowspan")), _spanned(cell.get("colspan")))
            for cell in row
            if cell.tag in {"td", "th"} and r < ROW_LIMIT
        ]
        for r, row in enumerate(table.iter("tr"))
    ]


def _cell(cell: Any) -> str:
    lines = Writer("html", "")
    walk = _Walk(lines)
    walk.write(cell)
    return "".join(lines.parts).strip()


def _spanned(value: str | None) -> int:
    found = _SPAN.match((value or "").strip())
    return max(1, int(found[0])) if found else 1
