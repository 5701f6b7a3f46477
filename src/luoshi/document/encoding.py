"""Bytes to text: the encodings in which Chinese governments' texts reach us."""

from __future__ import annotations

import codecs

from luoshi.terms.pattern import pattern

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16-be"),
)
# The commonest characters of official prose: what the right decoding is full of and a wrong one is not.
_COMMON = pattern("[的一和是在了工作建设发展全进业政府市县年，。、；：“”（）,.;:\\s0-9]")
_CHINESE = pattern("[\u2010-\u303f\u3400-\u9fff\uff00-\uffef]")
_CONTROL = pattern("[\x00-\x08\x0e-\x1f\x7f\ufffd\ufffe\uffff]")
_SAMPLE = 65_536


def decode(data: bytes) -> tuple[str, str] | None:
    """The text and the name of its encoding, or None when no encoding makes text of it.

    Returns:
        ``(text, encoding)``; a byte order mark is no part of the text. ``encoding`` is one of ``utf-8``,
        ``utf-8-sig``, ``utf-16-le``, ``utf-16-be``, ``utf-32-le``, ``gb18030``.
    """
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], codec, name)
    found = _strictly(data, "utf-8", "utf-8")
    if found and b"\0" not in data and (data.isascii() or _CHINESE.search(found[0])):
        return found
    candidates = [c for c in (_unmarked(data, codec) for codec in ("gb18030", "utf-16-le", "utf-16-be")) if c]
    candidates += [found] if found and b"\0" not in data else []
    return max(candidates, key=lambda c: (bool(_CHINESE.search(c[0])), _likeness(c[0])), default=None)


def _strictly(data: bytes, codec: str, name: str) -> tuple[str, str] | None:
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return None
    return None if _is_noise(text) else (text, name)


def _unmarked(data: bytes, codec: str) -> tuple[str, str] | None:
    found = _strictly(data, codec, codec)
    return found if found and _likeness(found[0]) > 0.05 else None


def _likeness(text: str) -> float:
    sample = text[:_SAMPLE]
    return len(_COMMON.findall(sample)) / len(sample) if sample else 0.0


def _is_noise(text: str) -> bool:
    """Whether control characters show that this is no text; a stray one in a long text is let be."""
    return len(_CONTROL.findall(text[:_SAMPLE])) * 200 > len(text[:_SAMPLE])
