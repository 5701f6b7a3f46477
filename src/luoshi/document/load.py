"""The way in: bytes of a file become a ``Document``, whatever they are."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from luoshi.document.encoding import decode
from luoshi.document.model import Document
from luoshi.document.structure import structure
from luoshi.document.webpage import is_webpage, read_webpage
from luoshi.document.word import UnreadableFile, read_word
from luoshi.terms.finding import Finding, Level

LIMIT = 50_000_000
"""Bytes from which on a file is refused; the longest work report known has 120,000."""

_FORMATS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "pdf", "请从PDF中复制文字另存为txt或docx后再读。"),
    (b"\xd0\xcf\x11\xe0", "doc", "这是旧版或加密的Office文件，请另存为不加密的docx或txt后再读。"),
    (b"\x89PNG", "png", "这是图片，请使用文件的文字版。"),
    (b"\xff\xd8\xff", "jpeg", "这是图片，请使用文件的文字版。"),
    (b"{\\rtf", "rtf", "请另存为docx或txt后再读。"),
)


def load(data: bytes, name: str = "") -> Document:
    """The document in ``data``; what cannot be read becomes a finding, never an exception.

    Args:
        data: the file's bytes.
        name: the file's name, for people and for its suffix; the bytes decide when the two disagree.
    """
    digest = hashlib.sha256(data).hexdigest()
    name = PurePath(name).name or "未命名文件"
    refusal = _refusal(data, name)
    if refusal:
        kind, finding = refusal
        return Document(name, "", digest, kind, "", findings=(finding,))
    kind, found = _text(data, name)
    if isinstance(found, Finding):
        return Document(name, "", digest, kind, "", findings=(found,))
    text, encoding = found
    if not text.strip():
        finding = _error("document.E001", name, "文件里没有文字。", "请检查文件是否导出完整。")
        return Document(name, text, digest, kind, encoding, findings=(finding,))
    parts = structure(text, name)
    return Document(
        name, text, digest, kind, encoding, parts.title, parts.areas, parts.tasks, parts.paragraphs, parts.regions,
        parts.findings,
    )  # fmt: skip


def _text(data: bytes, name: str) -> tuple[str, tuple[str, str] | Finding]:
    """Format, and the text with its encoding or a finding that says why there is none."""
    if data.startswith(b"PK\x03\x04"):
        try:
            return "docx", (read_word(data), "utf-8")
        except UnreadableFile as error:
            return "zip", _error("document.E004", name, str(error), "请另存为docx或txt后再读。")
    if is_webpage(data):
        page = read_webpage(data)
        return "html", page or _error("document.E001", name, "网页里没有文字。", "请检查网页是否保存完整。")
    found = decode(data)
    missing = _error("document.E003", name, "内容不是文字，可能是二进制文件。", "请使用文件的文字版。")
    return ("txt", found) if found else ("unknown", missing)


def _refusal(data: bytes, name: str) -> tuple[str, Finding] | None:
    if not data:
        return "unknown", _error("document.E001", name, "文件是空的。", "请检查文件是否上传完整。")
    if len(data) >= LIMIT:
        size = f"{len(data) / 1_000_000:.0f}"
        message = f"文件有{size}兆字节，超过{LIMIT // 1_000_000}兆字节的上限。"
        return "unknown", _error("document.E002", name, message, "请只保留正文后再读。")
    for magic, kind, advice in _FORMATS:
        if data.startswith(magic):
            return kind, _error("document.E004", name, f"文件是{kind}格式，目前只读文字、网页和Word文件。", advice)
    return None


def _error(identity: str, name: str, message: str, hint: str) -> Finding:
    return Finding(identity, Level.ERROR, name, message, hint)
