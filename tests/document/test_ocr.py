"""Recognition of pictures, with an engine that says what the test tells it to."""

import struct
import sys
import types
import zlib
from types import SimpleNamespace

import pytest

from luoshi.document import load
from luoshi.document import ocr as module
from luoshi.document.extract import UnreadableFile


def png(width=4, height=4):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = b"".join(b"\0" + b"\xff" * width for _ in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def box(left, top, width, height=20):
    return [[left, top], [left + width, top], [left + width, top + height], [left, top + height]]


@pytest.fixture
def engine(monkeypatch):
    """Install an engine in the place of rapidocr; the test sets what it finds."""
    answer = SimpleNamespace(boxes=None, txts=None, scores=None)
    made = types.ModuleType("rapidocr")
    made.RapidOCR = lambda **_: lambda picture: answer
    monkeypatch.setitem(sys.modules, "rapidocr", made)
    monkeypatch.setattr(module, "_pixels", lambda data: None)
    return answer


def say(answer, *found):
    answer.boxes = [one[0] for one in found]
    answer.txts = [one[1] for one in found]
    answer.scores = [one[2] for one in found]


def ids(document):
    return [one.id for one in document.findings]


def test_without_the_extra_a_picture_is_a_finding_that_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    (finding,) = load(png(), "甲.png").findings
    assert finding.id == "document.E008"
    assert "管理员" in finding.hint
    assert "luoshi[ocr]" in finding.hint


def test_recognised_text_is_marked_to_be_checked(engine):
    say(engine, (box(10, 40, 160), "建成大桥2座。", 0.99), (box(10, 10, 160), "一、工业经济", 0.98))
    document = load(png(), "甲.png")
    assert document.text == "一、工业经济\n建成大桥2座。\n"
    assert document.scanned
    (finding,) = [one for one in document.findings if one.id == "document.W014"]
    assert "扫描件识别，请核对" in finding.message
    assert document.positions[0].box == (10, 10, 170, 30)


def test_noise_that_gives_no_words_is_a_finding(engine):
    assert ids(load(png(), "甲.png")) == ["document.E001"]
    say(engine, (box(0, 0, 5), " ", 0.3))
    assert ids(load(png(), "甲.png")) == ["document.E001"]


def test_a_doubtful_recognition_says_how_doubtful(engine):
    say(engine, (box(10, 10, 160), "建戌大侨", 0.5), (box(10, 40, 160), "完戍", 0.6))
    document = load(png(), "甲.png")
    assert "55%" in next(one.message for one in document.findings if one.id == "document.W015")


def test_pages_left_out_are_counted(engine):
    assert [one.id for one in module.Recogniser().findings("甲.pdf", "第1页", 3)] == ["document.W014", "document.W016"]


def test_pixels_of_a_page_become_points(engine):
    say(engine, (box(200, 100, 100), "大桥", 1.0))
    (glyph,) = module.Recogniser().glyphs(None, 72 / 200)
    assert (glyph.left, glyph.top, glyph.right) == (72, 36, 108)


@pytest.mark.parametrize(("data", "identity"), [(png()[:40], "document.E005"), (png(20_000, 20_000), "document.E007")])
def test_a_broken_or_huge_picture_is_a_finding(data, identity):
    pytest.importorskip("PIL", reason="the extra ocr is not installed")
    pytest.importorskip("numpy", reason="the extra ocr is not installed")
    with pytest.raises(UnreadableFile) as caught:
        module._pixels(data)
    assert caught.value.identity == identity
