"""二维码: a text as the squares of a QR code (ISO/IEC 18004), bytes at error correction level M, versions 1 to 10."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

Square = tuple[int, int]

_BLOCKS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (10, (16,)), (16, (28,)), (26, (44,)), (18, (32,) * 2), (24, (43,) * 2), (16, (27,) * 4), (18, (31,) * 4),
    (22, (38, 38, 39, 39)), (22, (36, 36, 36, 37, 37)), (26, (43, 43, 43, 43, 44)),
)  # fmt: skip
"""For each version at level M (ISO/IEC 18004 table 9): check words of a block, and data words of each block."""
_ALIGNED: tuple[tuple[int, ...], ...] = (
    (), (6, 18), (6, 22), (6, 26), (6, 30), (6, 34), (6, 22, 38), (6, 24, 42), (6, 26, 46), (6, 28, 50)
)  # fmt: skip
"""Where alignment patterns stand (annex E)."""
_MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _: r % 2 == 0,
    lambda _, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)
"""Which squares a mask turns over, by row and column (table 10)."""
QUIET = 4
"""Squares of empty margin that readers need on every side (§6.3.8)."""


class TooLong(ValueError):
    """The text does not fit into version 10."""


def qr_code(text: str) -> tuple[tuple[bool, ...], ...]:
    """The squares, row by row, dark ones true; without the margin.

    Raises:
        TooLong: more than 213 bytes of UTF-8.
    """
    content = text.encode()
    version = next((v for v in range(1, 11) if len(content) + (2 if v < 10 else 3) <= sum(_BLOCKS[v - 1][1])), None)
    if version is None:
        raise TooLong(f"{len(content)} bytes")
    fixed = _fixed(version)
    bits = [bit for word in _interleaved(_data(content, version), version) for bit in _bits(word, 8)]
    drawn = _filled(fixed, bits, 17 + 4 * version)
    best = min((_masked(drawn, fixed, version, mask) for mask in range(8)), key=_penalty)
    return tuple(tuple(row) for row in best)


def path_of(squares: tuple[tuple[bool, ...], ...]) -> str:
    """The dark squares as the path of an SVG whose side is their number and twice the margin."""
    runs = (
        f"M{at + QUIET} {row + QUIET}h{length}v1h-{length}z"
        for row, line in enumerate(squares)
        for at, length in _runs(line)
    )
    return "".join(runs)


def _runs(line: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    start = None
    for at, dark in enumerate((*line, False)):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            yield start, at - start
            start = None


def _bits(number: int, width: int) -> list[bool]:
    return [bool(number >> at & 1) for at in reversed(range(width))]


def _data(content: bytes, version: int) -> list[int]:
    """Mode, length, bytes, end, and what fills the rest up (§7.4)."""
    room = sum(_BLOCKS[version - 1][1])
    bits = _bits(0b0100, 4) + _bits(len(content), 8 if version < 10 else 16)
    bits += [bit for byte in content for bit in _bits(byte, 8)]
    bits += [False] * min(4, room * 8 - len(bits))
    bits += [False] * (-len(bits) % 8)
    words = [int("".join("01"[bit] for bit in bits[at : at + 8]), 2) for at in range(0, len(bits), 8)]
    return words + [0xEC if at % 2 == 0 else 0x11 for at in range(room - len(words))]


def _interleaved(words: list[int], version: int) -> list[int]:
    """The words of the blocks by turns, then their check words by turns (§7.6)."""
    count, lengths = _BLOCKS[version - 1]
    blocks, at = [], 0
    for length in lengths:
        blocks.append(words[at : at + length])
        at += length
    checks = [check_words(block, count) for block in blocks]
    found = [block[at] for at in range(max(lengths)) for block in blocks if at < len(block)]
    return found + [check[at] for at in range(count) for check in checks]


def times(left: int, right: int) -> int:
    """The product in the field of 256 elements of ISO/IEC 18004: modulo x⁸ + x⁴ + x³ + x² + 1."""
    found = 0
    while right:
        found ^= left if right & 1 else 0
        left = left << 1 ^ (0x11D if left & 0x80 else 0)
        right >>= 1
    return found


def check_words(block: list[int], count: int) -> list[int]:
    """The remainder by the generator polynomial with the roots 2⁰ to 2^(count-1) (Reed-Solomon, annex A)."""
    generator, root = [1], 1
    for _ in range(count):
        generator = [a ^ times(b, root) for a, b in zip([*generator, 0], [0, *generator], strict=True)]
        root = times(root, 2)
    rest = [*block, *[0] * count]
    for at in range(len(block)):
        factor = rest[at]
        for step, part in enumerate(generator):
            rest[at + step] ^= times(part, factor)
    return rest[len(block) :]


def _fixed(version: int) -> dict[Square, bool]:
    """The squares that hold no data: finders, timing, alignment; format and version are left light for now."""
    size = 17 + 4 * version
    found: dict[Square, bool] = {}
    for row in range(9):
        for column in range(9):  # the corner with its separator and the squares of the format
            found[row, column] = False
            if column < 8:
                found[row, size - 8 + column] = False
            if row < 8:
                found[size - 8 + row, column] = False
    for row in range(7):
        for column in range(7):
            dark = max(abs(row - 3), abs(column - 3)) != 2
            found[row, column] = found[row, size - 7 + column] = found[size - 7 + row, column] = dark
    for at in range(8, size - 8):
        found[6, at] = found[at, 6] = at % 2 == 0
    centres = _ALIGNED[version - 1]
    for row in centres:
        for column in centres:
            if (row, column) not in {(6, 6), (6, size - 7), (size - 7, 6)}:
                for r in range(-2, 3):
                    for c in range(-2, 3):
                        found[row + r, column + c] = max(abs(r), abs(c)) != 1
    if version >= 7:
        found |= dict(_version_squares(version))
    found[size - 8, 8] = True
    return found


def _remainder(number: int, width: int, generator: int) -> int:
    """``number`` followed by its check bits."""
    rest = number << width
    while rest.bit_length() > width:
        rest ^= generator << rest.bit_length() - width - 1
    return number << width | rest


def _version_squares(version: int) -> Iterator[tuple[Square, bool]]:
    size, bits = 17 + 4 * version, _remainder(version, 12, 0x1F25)  # annex D
    for at in range(18):
        dark = bool(bits >> at & 1)
        yield (at // 3, size - 11 + at % 3), dark
        yield (size - 11 + at % 3, at // 3), dark


def _format_squares(mask: int, size: int) -> Iterator[tuple[Square, bool]]:
    bits = _remainder(0b00 << 3 | mask, 10, 0x537) ^ 0x5412  # level M is 00; annex C
    first = [(8, c) for c in (0, 1, 2, 3, 4, 5, 7, 8)] + [(r, 8) for r in (7, 5, 4, 3, 2, 1, 0)]
    second = [(size - 1 - at, 8) for at in range(7)] + [(8, size - 8 + at) for at in range(8)]
    for at, dark in enumerate(_bits(bits, 15)):
        yield first[at], dark
        yield second[at], dark


def _filled(fixed: dict[Square, bool], bits: list[bool], size: int) -> list[list[bool]]:
    """Data in columns of two from the right, up and down by turns (§7.7.3); what is left over stays light."""
    drawn = [[fixed.get((row, column), False) for column in range(size)] for row in range(size)]
    rest, is_up = iter(bits), True
    for right in (*range(size - 1, 6, -2), *range(5, 0, -2)):
        for row in reversed(range(size)) if is_up else range(size):
            for column in (right, right - 1):
                if (row, column) not in fixed:
                    drawn[row][column] = next(rest, False)
        is_up = not is_up
    return drawn


def _masked(drawn: list[list[bool]], fixed: dict[Square, bool], version: int, mask: int) -> list[list[bool]]:
    turns, size = _MASKS[mask], 17 + 4 * version
    found = [
        [dark if (row, column) in fixed else dark ^ turns(row, column) for column, dark in enumerate(line)]
        for row, line in enumerate(drawn)
    ]
    for (row, column), dark in _format_squares(mask, size):
        found[row][column] = dark
    return found


def _penalty(squares: list[list[bool]]) -> int:
    """How hard it is to read (§7.8.3): long runs, blocks, what looks like a finder, and uneven darkness."""
    lines = [*squares, *(list(column) for column in zip(*squares, strict=True))]
    total = 0
    for line in lines:
        text = "".join("01"[dark] for dark in line)
        total += sum(len(run) - 2 for run in text.replace("01", "0 1").replace("10", "1 0").split() if len(run) >= 5)
        total += 40 * sum(text[at : at + 11] in {"10111010000", "00001011101"} for at in range(len(text) - 10))
    for above, below in pairwise(squares):
        pairs = zip(above, above[1:], below, below[1:], strict=False)
        total += 3 * sum(len(set(four)) == 1 for four in pairs)
    dark = sum(map(sum, squares))
    return total + 10 * (abs(20 * dark - 10 * len(squares) ** 2) // len(squares) ** 2)
