"""QR codes: the worked example of the standard, and every code read back by a reader written for this test."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.people.qr_code import TooLong, check_words, path_of, qr_code, times

BLOCKS = {  # ISO/IEC 18004 table 9, level M: check words of a block, data words of each block
    1: (10, [16]), 2: (16, [28]), 3: (26, [44]), 4: (18, [32, 32]), 5: (24, [43, 43]), 6: (16, [27] * 4),
    7: (18, [31] * 4), 8: (22, [38, 38, 39, 39]), 9: (22, [36, 36, 36, 37, 37]), 10: (26, [43] * 4 + [44]),
}  # fmt: skip
ALIGNED = {
    2: [6, 18], 3: [6, 22], 4: [6, 26], 5: [6, 30], 6: [6, 34], 7: [6, 22, 38], 8: [6, 24, 42], 9: [6, 26, 46],
    10: [6, 28, 50],
}  # fmt: skip
MASKS = [
    lambda i, j: (i + j) % 2, lambda i, j: i % 2, lambda i, j: j % 3, lambda i, j: (i + j) % 3,
    lambda i, j: (i // 2 + j // 3) % 2, lambda i, j: (i * j) % 2 + (i * j) % 3,
    lambda i, j: ((i * j) % 2 + (i * j) % 3) % 2, lambda i, j: ((i + j) % 2 + (i * j) % 3) % 2,
]  # fmt: skip


def test_the_check_words_are_those_of_the_standards_example():
    """ISO/IEC 18004 annex I: 01234567 at 1-M."""
    data = bytes.fromhex("10200C566180EC11EC11EC11EC11EC11")
    assert bytes(check_words(list(data), 10)).hex().upper() == "A524D4C1ED36C7872C55"


def test_the_field_is_that_of_the_standard():
    """2⁸ = 29, and 2 has the order 255."""
    powers = [1]
    for _ in range(255):
        powers.append(times(powers[-1], 2))
    assert (powers[8], powers[255], len(set(powers[:255]))) == (29, 1, 255)


def _function_squares(version):
    """Where no data stands, told anew for this reader."""
    size = 17 + 4 * version
    found = {(r, c) for r in range(9) for c in range(9)}
    found |= {(r, c) for r in range(9) for c in range(size - 8, size)} | {
        (r, c) for r in range(size - 8, size) for c in range(9)
    }
    found |= {(6, c) for c in range(size)} | {(r, 6) for r in range(size)}
    for r in ALIGNED.get(version, []):
        for c in ALIGNED.get(version, []):
            if (r, c) not in {(6, 6), (6, size - 7), (size - 7, 6)}:
                found |= {(r + y, c + x) for y in range(-2, 3) for x in range(-2, 3)}
    if version >= 7:
        found |= {(r, c) for r in range(6) for c in range(size - 11, size - 8)}
        found |= {(r, c) for c in range(6) for r in range(size - 11, size - 8)}
    return found


def _read(squares):
    """The text of a code without a fault; both writings of its format must agree."""
    size = len(squares)
    version = (size - 17) // 4
    around = [(8, 0), (8, 1), (8, 2), (8, 3), (8, 4), (8, 5), (8, 7), (8, 8), (7, 8), (5, 8), (4, 8), (3, 8), (2, 8),
              (1, 8), (0, 8)]  # fmt: skip
    apart = [(size - 1 - k, 8) for k in range(7)] + [(8, size - 8 + k) for k in range(8)]
    formats = {"".join("01"[squares[r][c]] for r, c in places) for places in (around, apart)}
    assert len(formats) == 1
    bits = f"{int(formats.pop(), 2) ^ 0b101010000010010:015b}"
    assert bits[:2] == "00"  # level M
    mask, taken, read, column, is_up = MASKS[int(bits[2:5], 2)], _function_squares(version), [], size - 1, True
    while column > 0:
        column -= column == 6
        for row in range(size - 1, -1, -1) if is_up else range(size):
            for at in (column, column - 1):
                if (row, at) not in taken:
                    read += [squares[row][at] ^ (mask(row, at) == 0)]
        column, is_up = column - 2, not is_up
    words = [int("".join("01"[bit] for bit in read[k : k + 8]), 2) for k in range(0, len(read) - 7, 8)]
    return _text(words, version)


def _text(words, version):
    count, lengths = BLOCKS[version]
    blocks = [[] for _ in lengths]
    rest = iter(words)
    for turn in range(max(lengths)):
        for block, length in zip(blocks, lengths, strict=True):
            if turn < length:
                block.append(next(rest))
    data = [word for block in blocks for word in block]
    for _ in range(count):
        for block in blocks:
            block.append(next(rest))
    for block in blocks:
        for power in range(count):  # a block without a fault vanishes at every root
            root, value = 1, 0
            for _ in range(power):
                root = times(root, 2)
            for word in block:
                value = times(value, root) ^ word
            assert value == 0
    bits = "".join(f"{word:08b}" for word in data)
    assert bits[:4] == "0100"
    width = 8 if version < 10 else 16
    length = int(bits[4 : 4 + width], 2)
    content = bits[4 + width : 4 + width + 8 * length]
    return bytes(int(content[k : k + 8], 2) for k in range(0, len(content), 8)).decode()


@settings(max_examples=30, deadline=None)
@given(st.text(min_size=0, max_size=70))
def test_whatever_is_drawn_is_read_back(text):
    if len(text.encode()) <= 213:
        assert _read(qr_code(text)) == text


@pytest.mark.parametrize(
    ("length", "size"),
    [(0, 21), (14, 21), (15, 25), (26, 25), (62, 33), (63, 37), (106, 41), (107, 45), (180, 53), (181, 57), (213, 57)],
)
def test_the_smallest_version_that_holds_the_text_is_taken(length, size):
    squares = qr_code("a" * length)
    assert {len(squares), *(len(row) for row in squares)} == {size}
    assert _read(squares) == "a" * length


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(TooLong):
        qr_code("a" * 214)


def test_version_seven_says_so_in_both_places():
    """Annex D: version 7 is 000111110010010100."""
    squares = qr_code("a" * 110)
    size = len(squares)
    written = [
        "".join("01"[squares[k // 3][size - 11 + k % 3]] for k in reversed(range(18))),
        "".join("01"[squares[size - 11 + k % 3][k // 3]] for k in reversed(range(18))),
    ]
    assert written == ["000111110010010100"] * 2


def test_the_path_covers_the_dark_squares_and_no_others():
    squares = qr_code("落实")
    path = path_of(squares)
    covered = set()
    for run in path.split("M")[1:]:
        place, _, rest = run.partition("h")
        column, row = map(int, place.split())
        covered |= {(row - 4, column - 4 + k) for k in range(int(rest.split("v")[0]))}
    assert covered == {(r, c) for r, line in enumerate(squares) for c, dark in enumerate(line) if dark}


def test_a_code_stays_as_it_was_when_foreign_readers_read_it():
    """Drawn once and read by another program (zxing-cpp 3.1.1); any change must be read by one again."""
    squares = qr_code("otpauth://totp/x:duban?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=x")
    drawn = "\n".join("".join("01"[dark] for dark in row) for row in squares)
    assert (
        hashlib.sha256(drawn.encode()).hexdigest() == "5d28a21856e88dc66bc6785d868456107e931394d593d46ea5779d914336c2f4"
    )
