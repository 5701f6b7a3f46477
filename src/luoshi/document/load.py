"""The way in: bytes of a file become a ``Document``, whatever they are."""

from __future__ import annotations

import hashlib
from pathlib import PurePath

from luoshi.document.extract import Extract, UnreadableFile
from luoshi.document.formats import extract, recognise
from luoshi.document.model import Document
from luoshi.document.structure import structure
from luoshi.document.traditional import simplified
from luoshi.terms.finding import Finding, Level
from luoshi.terms.pattern import pattern
from luoshi.terms.span import Span

LIMIT = 50_000_000
"""Bytes from which on a file is refused; the longest work report known has 120,000."""

_CONTROL = pattern("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HAN = pattern("[\u3400-\u9fff]")
_LETTER = pattern(r"[^\W\d_]")
_SAMPLE = 100_000


def load(data: bytes, name: str = "") -> Document:
    """The document in ``data``; what cannot be read becomes a finding, never an exception.

    Args:
        data: the file's bytes.
        name: the file's name, for people; the bytes alone decide the format.
    """
    digest = hashlib.sha256(data).hexdigest()
    name = PurePath(name).name or "未命名文件"
    try:
        _check_size(data)
        found = extract(data, name)
    except UnreadableFile as error:
        kind = recognise(data[:4096]) if data else "unknown"
        return Document(name, "", digest, kind, "", findings=(error.finding(name),))
    if not found.text.strip():
        empty = UnreadableFile("document.E001", "文件里没有文字。", "请检查文件是否导出完整。").finding(name)
        return Document(
            name,
            found.text,
            digest,
            found.format,
            found.encoding,
            findings=(*found.findings, empty),
            scanned=found.scanned,
        )
    parts = structure(simplified(found.shape()), name)
    return Document(
        name, found.text, digest, found.format, found.encoding, _title(found, parts.title), parts.areas, parts.tasks,
        parts.paragraphs, tuple(sorted((*parts.regions, *found.regions), key=lambda region: region.span)),
        (*found.findings, *_remarks(found, name), *parts.findings), found.tables, found.positions, found.scanned,
    )  # fmt: skip


def _check_size(data: bytes) -> None:
    if not data:
        raise UnreadableFile("document.E001", "文件是空的。", "请检查文件是否上传完整。")
    if len(data) >= LIMIT:
        message = f"文件达到或超过{LIMIT // 1_000_000}兆字节的上限。"
        raise UnreadableFile("document.E002", message, "请只保留正文后再读。")


def _title(found: Extract, title: Span | None) -> Span | None:
    """The title, unless it is only the first cell of a table's first row; one cell over all columns is a title."""
    for table in found.tables:
        if title and title in table.span and all(cell.span != table.rows[0][-1].span for cell in table.rows[0][:1]):
            return None
    return title


def _remarks(found: Extract, name: str) -> tuple[Finding, ...]:
    remarks = []
    control = _CONTROL.search(found.text)
    if control is not None:
        at = control.start()
        message = f"文字里有看不见的控制字符，第一个在第{at}字处。"
        hint = "请核对该处的原文。"
        remarks.append(Finding("document.W010", Level.WARNING, name, message, hint, at, at + 1))
    letters = len(_LETTER.findall(found.text, 0, _SAMPLE))
    if letters > 20 and len(_HAN.findall(found.text, 0, _SAMPLE)) * 20 < letters:
        message = "文件里几乎没有汉字，可能是外文文件。"
        remarks.append(Finding("document.W019", Level.WARNING, name, message, "本系统只识读中文文件。"))
    return tuple(remarks)
