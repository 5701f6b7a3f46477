"""Web pages as saved from government sites: the block that holds the document, one line per paragraph."""

from __future__ import annotations

import re
from typing import Any

from luoshi.document.encoding import decode

_BLOCKS = {"p", "div", "td", "th", "tr", "li", "br", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "table"}
_SKIPPED = {"script", "style", "noscript", "head", "nav", "footer", "form", "iframe", "select", "button"}
_KNOWN = ("zoom", "Zoom", "zoomcon", "UCAP-CONTENT", "vsb_content", "TRS_Editor", "ivs_content", "content")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_SPACES = re.compile("[ \t\r\n\f\v]+")


def is_webpage(data: bytes) -> bool:
    """Whether the bytes begin like HTML."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))


def read_webpage(data: bytes) -> tuple[str, str] | None:
    """The text of the document's block and the page's encoding; None when there is no text.

    The block is the one a site's template marks (``#zoom`` …), else the one with most text in its own paragraphs.
    """
    text = _text(data)
    if text is None:
        return None
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True)
    try:
        page = html.document_fromstring(text[0].encode("utf-8"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    lines = _lines(_block(page))
    return ("\n".join(lines) + "\n", text[1]) if lines else None


def _text(data: bytes) -> tuple[str, str] | None:
    named = _CHARSET.search(data[:4096])
    codec = named[1].decode("ascii").lower() if named else ""
    codec = "gb18030" if codec.startswith(("gb", "x-gb")) else codec
    if codec:
        try:
            return data.decode(codec), codec
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _block(page: Any) -> Any:
    for name in _KNOWN:
        for found in page.xpath(
            "//*[@id=$name or contains(concat(' ', @class, ' '), concat(' ', $name, ' '))]", name=name
        ):
            if len(found.text_content().strip()) > 100:
                return found
    best, most = page, 0
    for paragraph in page.iter("p"):
        parent = paragraph.getparent()
        if parent is None or parent is best:
            continue
        size = sum(len(child.text_content()) for child in parent.findall("p"))
        if size > most:
            best, most = parent, size
    body = page.find("body")
    return best if most else (body if body is not None else page)


def _lines(block: Any) -> list[str]:
    """The visible words, a line for each block element."""
    lines: list[str] = []
    words: list[str] = []

    def close() -> None:
        line = _SPACES.sub(" ", "".join(words)).strip()
        words.clear()
        if line:
            lines.append(line)

    stack: list[tuple[Any, bool]] = [(block, False)]
    while stack:  # no recursion: pages are nested deeply
        node, is_tail = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if is_tail:
            if tag in _BLOCKS:
                close()
            words.append(node.tail or "" if node is not block else "")
            continue
        stack.append((node, True))
        if not tag or tag in _SKIPPED:
            continue
        if tag in _BLOCKS:
            close()
        words.append(node.text or "")
        stack.extend((child, False) for child in reversed(node))
    close()
    return lines
