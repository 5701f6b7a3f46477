"""PDF files with text to lines by their places on the page; pages that are pictures are handed to recognition."""

from __future__ import annotations

import ctypes
import math
import threading
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from luoshi.document.extract import Extract, UnreadableFile, Writer
from luoshi.document.layout import DrawnTable, Glyph, PrintedLine, lines_of, write_pages
from luoshi.document.ruling import RULING_LIMIT, Ruling, take_tables
from luoshi.terms.finding import Finding, Level

PAGE_LIMIT = 400
"""Pages that are read."""
PAGE_CHARACTERS = 40_000
"""Characters taken from one page; a printed page has some two thousand."""

_FEW = 8
"""A page with fewer characters and a picture is a scan."""
_SEGMENTS = 200  # of one path; a drawing has more
_STRAIGHT = 1.0
_PDFIUM = threading.Lock()  # PDFium may be used by one thread at a time, and the web server has several


def read_pdf(data: bytes, name: str) -> Extract:
    """The text of a PDF.

    Raises:
        UnreadableFile: it is encrypted or broken, or all pages are pictures and recognition is not installed.
    """
    writer = Writer("pdf", name)
    with _PDFIUM:
        document = _open(data)
    try:
        with _PDFIUM:
            pages, scans, tables = _pages(document, writer)
        recognised = _recognise(document, scans, pages, writer) if scans else 0
    finally:
        with _PDFIUM:
            document.close()
    write_pages(writer, pages, tables)
    if not writer.at:
        raise UnreadableFile("document.E001", "PDF里没有文字。", "请使用文件的文字版。")
    return writer.finish(scanned=bool(recognised))


def _open(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFile("document.E006", "PDF设有打开密码，打不开。", "请取消密码，另存后再读。") from error
        raise UnreadableFile("document.E005", "PDF已损坏，打不开。", "请重新导出或重新下载后再读。") from error


def _pages(document: Any, writer: Writer) -> tuple[list[list[PrintedLine]], list[int], list[DrawnTable]]:
    """The lines of each page, which pages are pictures, and the drawn tables."""
    import pypdfium2

    count = len(document)
    if count > PAGE_LIMIT:
        message = f"PDF有{count}页，只读了前{PAGE_LIMIT}页。"
        writer.findings.append(Finding("document.W011", Level.WARNING, writer.name, message, "请拆成几份文件后再读。"))
    pages: list[list[PrintedLine]] = []
    tables: list[DrawnTable] = []
    scans: list[int] = []
    broken: list[int] = []
    for index in range(min(count, PAGE_LIMIT)):
        lines: list[PrintedLine] = []
        try:
            page = document[index]
            drawn, rest = take_tables(list(_glyphs(page)), list(_rulings(page)), index + 1)
            tables += drawn
            lines = lines_of(rest, index + 1)
            if not drawn and sum(len(line.text) for line in lines) < _FEW and _has_picture(page):
                scans.append(index)
            page.close()
        except pypdfium2.PdfiumError:
            broken.append(index + 1)
        pages.append(lines)
    if broken:
        message = f"第{'、'.join(map(str, broken[:10]))}页读不出，已略过。"
        writer.findings.append(Finding("document.W012", Level.WARNING, writer.name, message, "请重新导出PDF后再读。"))
    return pages, scans, tables


def _has_picture(page: Any) -> bool:
    from pypdfium2 import raw

    return next(iter(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)), None) is not None


def _shown(page: Any) -> Callable[[float, float, float, float], tuple[float, float, float, float]]:
    """From a box of the sheet (left, top, right, bottom; upward) to one of the page as it is shown, downward."""
    left, bottom, right, top = page.get_cropbox()
    width, height = right - left, top - bottom
    turn = page.get_rotation()

    def turned(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        x0, x1, y0, y1 = x0 - left, x1 - left, top - y0, top - y1
        if turn == 90:
            x0, y0, x1, y1 = height - y1, x0, height - y0, x1
        elif turn == 180:
            x0, y0, x1, y1 = width - x1, height - y1, width - x0, height - y0
        elif turn == 270:
            x0, y0, x1, y1 = y0, width - x1, y1, width - x0
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    return turned


def _rulings(page: Any) -> Iterator[Ruling]:
    """The straight level and upright lines drawn on a page, edges of boxes among them."""
    from pypdfium2 import raw

    turned = _shown(page)
    taken = 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        matrix = item.get_matrix()
        start = last = None
        for index in range(min(raw.FPDFPath_CountSegments(item), _SEGMENTS)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            if not raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
                continue
            point = matrix.on_point(x.value, y.value)
            kind = raw.FPDFPathSegment_GetType(segment)
            ends = [(last, point)] if last and kind == raw.FPDF_SEGMENT_LINETO else []
            start = point if kind == raw.FPDF_SEGMENT_MOVETO else start
            if raw.FPDFPathSegment_GetClose(segment) and start:
                ends.append((point, start))
            last = point
            for (x0, y0), (x1, y1) in ends:
                if abs(x0 - x1) < _STRAIGHT or abs(y0 - y1) < _STRAIGHT:
                    yield Ruling(*turned(x0, y0, x1, y1))
            taken += len(ends)
        if taken > RULING_LIMIT:
            return


def _glyphs(page: Any) -> Iterator[Glyph]:
    """Each character with its box, turned as the page is shown."""
    from pypdfium2 import raw

    text = page.get_textpage()
    turned = _shown(page)
    box = raw.FS_RECTF()
    reference = ctypes.byref(box)
    for index in range(min(raw.FPDFText_CountChars(text), PAGE_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        if code <= 32 or code in {0xFFFE, 0xFFFF} or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, reference):
            continue
        yield Glyph(_character(code), *turned(box.left, box.top, box.right, box.bottom))
    text.close()


def _character(code: int) -> str:
    """The character; fonts often name 工 by the radical ⼯, which only looks the same."""
    found = chr(code)
    return unicodedata.normalize("NFKC", found) if 0x2E80 <= code <= 0x2FDF else found


def _recognise(document: Any, scans: list[int], pages: list[list[PrintedLine]], writer: Writer) -> int:
    """Read the pages that are pictures; how many gave text."""
    from luoshi.document.ocr import PIXEL_LIMIT, RECOGNISED_PAGES, SCALE, Recogniser

    listed = "、".join(str(index + 1) for index in scans[:10]) + ("等" if len(scans) > 10 else "")
    try:
        recogniser = Recogniser()
    except UnreadableFile as error:
        if not any(pages):
            raise
        message = f"第{listed}页是图像，没有读。"
        writer.findings.append(Finding("document.W013", Level.WARNING, writer.name, message, error.hint))
        return 0
    for index in scans[:RECOGNISED_PAGES]:
        with _PDFIUM:
            page = document[index]
            scale = min(SCALE, math.sqrt(PIXEL_LIMIT / max(1, page.get_width() * page.get_height())))
            picture = page.render(scale=scale).to_numpy().copy()
            page.close()
        pages[index] = lines_of(recogniser.glyphs(picture, 1 / scale), index + 1)
    writer.findings.extend(recogniser.findings(writer.name, f"第{listed}页", len(scans) - RECOGNISED_PAGES))
    return sum(bool(pages[index]) for index in scans)
