"""照片: what a photo tells besides its picture (where it was taken, when, by which phone) is taken out; how it looks is kept.

The picture itself is not touched: its bytes are copied, never encoded anew.
"""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Final

MOST_PIXELS: Final = 60_000_000
"""A phone's 48 megapixels pass; a picture that would take a browser's memory does not."""
SIDE: Final = 16
"""A look has SIDE × SIDE bits: whether the picture grows brighter from one cell to the next."""
_STEP, _ROUGH = 3, SIDE * SIDE // 4
"""A picture is known again by its looks when a quarter of its cells differ from the next by so much of 255: a page of
text or a white wall is not."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"pHYs", b"bKGD",
    b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_SCAN_END = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_COMMENT, _END, _SCAN = 0xFE, 0xD9, 0xDA
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD8)}
_ORIENTATION = 0x0112


class BadPhoto(Exception):
    """照片不能用: it is broken or too large; the message continues 照片“name”."""


def bare(content: bytes) -> bytes:
    """A JPEG or PNG file with nothing in it but the picture, its colours and which side is up.

    Raises:
        BadPhoto: broken off, not built like a photo, or of more than ``MOST_PIXELS``.
    """
    try:
        return _bare_png(content) if content.startswith(_PNG) else _bare_jpeg(content)
    except IndexError:
        raise BadPhoto("不完整，可能没有传完，请重新上传。") from None


def _require_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        message = f"有{width * height // 10_000}万像素，超过{MOST_PIXELS // 10_000}万像素，请缩小后再传。"
        raise BadPhoto(message)


def _bare_png(content: bytes) -> bytes:
    found, at = bytearray(_PNG), len(_PNG)
    while True:
        size, kind = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(content):
            raise IndexError
        if kind == b"IHDR":
            _require_size(_number(content, at + 8, 4), _number(content, at + 12, 4))
        if kind in _PNG_KEPT:
            found += content[at:end]
        if kind == b"IEND":
            return bytes(found)
        at = end


def _bare_jpeg(content: bytes) -> bytes:
    found, at = bytearray(content[:2]), 2
    while True:
        if content[at] != 0xFF:
            raise BadPhoto("不是完好的照片，请重新导出或拍照后再传。")
        while content[at] == 0xFF:
            at += 1
        marker, start = content[at], at + 1
        at = start if marker in _ALONE or marker == _END else start + _number(content, start, 2)
        if at > len(content) or (at < start + 2 and marker not in _ALONE and marker != _END):
            raise IndexError
        if marker in _FRAMES:
            _require_size(_number(content, start + 5, 2), _number(content, start + 3, 2))
        if _is_picture(marker, content[start + 2 : start + 14]):
            found += bytes((0xFF, marker)) + content[start:at]
        if marker == _END:
            return bytes(found[:2] + _upright(content) + found[2:])  # asked last: the size is known by now
        if marker == _SCAN:
            after = _SCAN_END.search(content, at)
            if after is None:
                raise IndexError
            found += content[at : after.start()]
            at = after.start()


def _is_picture(marker: int, head: bytes) -> bool:
    """Whether a segment is of the picture: of the applications' those that say its colours, no comments."""
    if 0xE0 <= marker <= 0xEF:
        return (marker == 0xE0 and head.startswith(b"JFIF\0")) or (
            (marker == 0xE2 and head.startswith(b"ICC_PROFILE\0")) or (marker == 0xEE and head.startswith(b"Adobe"))
        )
    return marker != _COMMENT


def _number(content: bytes, at: int, length: int) -> int:
    if at + length > len(content):
        raise IndexError
    return int.from_bytes(content[at : at + length], "big")


def _upright(content: bytes) -> bytes:
    """A segment that says which side of the picture is up and nothing else; none where the first row is."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            turned = image.getexif().get(_ORIENTATION, 1)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    if turned not in range(2, 9):
        return b""
    entry = _ORIENTATION.to_bytes(2, "big") + b"\0\3\0\0\0\1" + turned.to_bytes(2, "big") + b"\0\0"
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\1" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def look(content: bytes) -> str:
    """How a photo looks, in 64 hexadecimal digits; empty for one too plain to be known again.

    Args:
        content: as ``bare`` gives it.

    Raises:
        BadPhoto: the picture cannot be drawn.
    """
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(content)) as image:
            image.draft("L", (256, 256))
            cells = ImageOps.exif_transpose(image).convert("L").resize((SIDE + 1, SIDE), Image.Resampling.BOX)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):
        raise BadPhoto("打不开，请重新导出或拍照后再传。") from None
    light = cells.tobytes()
    rows = [light[at : at + SIDE + 1] for at in range(0, len(light), SIDE + 1)]
    steps = [right - left for row in rows for left, right in pairwise(row)]
    if sum(abs(step) >= _STEP for step in steps) < _ROUGH:
        return ""
    bits = sum(1 << place for place, step in enumerate(steps) if step > 0)
    return f"{bits:064x}"
