"""OFD files (GB/T 33190) to lines by the places of their characters."""

from __future__ import annotations

import math
import posixpath
from collections import Counter
from collections.abc import Iterator
from typing import Any

from luoshi.document.archive import Archive
from luoshi.document.extract import Extract, UnreadableFile, Writer
from luoshi.document.layout import FURNITURE, DrawnTable, Glyph, PrintedLine, lines_of, write_pages
from luoshi.document.ruling import RULING_LIMIT, Ruling, take_tables
from luoshi.terms.finding import Finding, Level

PAGE_LIMIT = 400
"""Pages that are read."""
PAGE_CHARACTERS = 40_000
"""Characters taken from one page."""

_POINTS = 72 / 25.4
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_ofd(archive: Archive, name: str) -> Extract:
    """The text of all documents in an OFD file, in order.

    Args:
        archive: the opened package.
        name: how the file is called in findings.

    Raises:
        UnreadableFile: a part is missing or broken, it is encrypted, or has no text.
    """
    if any(one.lower().endswith("encryptions.xml") for one in archive.names):
        raise UnreadableFile("document.E006", "OFD文件已加密，打不开。", "请解密后再读。")
    root = archive.xml("OFD.xml")
    roots = [_text(one) for one in _all(root, "DocRoot")]
    writer = Writer("ofd", name)
    broken: list[int] = []
    for path in roots or ["Doc_0/Document.xml"]:
        write_pages(writer, *_document(archive, path, writer, broken))
    if broken:
        message = f"第{'、'.join(map(str, broken[:10]))}页读不出，已略过。"
        writer.findings.append(Finding("document.W017", Level.WARNING, name, message, "请重新导出OFD后再读。"))
    if not writer.at:
        raise UnreadableFile("document.E001", "OFD文件里没有文字，可能是扫描件。", "请使用文件的文字版。")
    return writer.finish()


def _document(
    archive: Archive, path: str, writer: Writer, broken: list[int]
) -> tuple[list[list[PrintedLine]], list[DrawnTable]]:
    root = archive.xml(path)
    folder = posixpath.dirname(path)
    templates = {one.get("ID", ""): _joined(folder, one.get("BaseLoc", "")) for one in _all(root, "TemplatePage")}
    places = [_joined(folder, one.get("BaseLoc", "")) for one in _all(root, "Page") if one.get("BaseLoc")]
    if len(places) > PAGE_LIMIT:
        message = f"OFD有{len(places)}页，只读了前{PAGE_LIMIT}页。"
        writer.findings.append(Finding("document.W018", Level.WARNING, writer.name, message, "请拆成几份文件后再读。"))
    pages: list[list[PrintedLine]] = []
    tables: list[DrawnTable] = []
    used: Counter[str] = Counter()
    wanted: list[tuple[int, str]] = []
    for number, place in enumerate(places[:PAGE_LIMIT], 1):
        try:
            page = archive.xml(place)
        except UnreadableFile:
            broken.append(number)
            continue
        drawn, rest = take_tables(list(_glyphs(page)), list(_rulings(page)), number)
        tables += drawn
        pages.append(lines_of(rest, number))
        for one in _all(page, "Template"):
            used[one.get("TemplateID", "")] += 1
            wanted.append((len(pages) - 1, one.get("TemplateID", "")))
    _add_templates(archive, {key: templates[key] for key in used if key in templates}, wanted, pages, writer)
    return pages, tables


def _add_templates(
    archive: Archive,
    templates: dict[str, str],
    wanted: list[tuple[int, str]],
    pages: list[list[PrintedLine]],
    writer: Writer,
) -> None:
    """A form drawn under one page belongs to it; one drawn under several is what stands around their text."""
    times = Counter(identity for _, identity in wanted)
    for identity, path in templates.items():
        try:
            root = archive.xml(path)
        except UnreadableFile:
            continue
        if times[identity] > 1:
            writer.aside.extend((FURNITURE, line.text) for line in lines_of(_glyphs(root), 0))
            continue
        at = next(page for page, one in wanted if one == identity)
        lines = [*pages[at], *lines_of(_glyphs(root), at + 1)]
        pages[at] = sorted(lines, key=lambda line: line.top)


def _glyphs(page: Any) -> Iterator[Glyph]:
    """The characters of a page's content."""
    taken = 0
    for element in _all(page, "TextObject"):
        boundary = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
        matrix = _numbers(element.get("CTM"), 6) or _IDENTITY
        size = (_numbers(element.get("Size"), 1) or (4.0,))[0]
        stretch = (_numbers(element.get("HScale"), 1) or (1.0,))[0]
        x = y = 0.0
        for code in _all(element, "TextCode"):
            x = (_numbers(code.get("X"), 1) or (x,))[0]
            y = (_numbers(code.get("Y"), 1) or (y,))[0]
            words = code.text or ""
            across = _deltas(code.get("DeltaX"), len(words))
            down = _deltas(code.get("DeltaY"), len(words))
            for index, character in enumerate(words):
                taken += 1
                if taken > PAGE_CHARACTERS:
                    return
                own = size * stretch * (0.5 if character.isascii() else 1.0)
                if character.strip():
                    yield _placed(character, (x, y), (own, size), matrix, boundary)
                x += across[index] if across else (0.0 if down else own)
                y += down[index] if down else 0.0


def _rulings(page: Any) -> Iterator[Ruling]:
    """The straight level and upright lines of a page's drawings."""
    taken = 0
    for element in _all(page, "PathObject"):
        boundary = _numbers(element.get("Boundary"), 4) or (0.0, 0.0, 0.0, 0.0)
        a, b, c, d, e, f = _numbers(element.get("CTM"), 6) or _IDENTITY
        for path in _all(element, "AbbreviatedData"):
            for ends in _strokes(_text(path).split()):
                xs = [(a * x + c * y + e + boundary[0]) * _POINTS for x, y in ends]
                ys = [(b * x + d * y + f + boundary[1]) * _POINTS for x, y in ends]
                taken += 1
                if taken > RULING_LIMIT:
                    return
                if abs(xs[0] - xs[1]) < 1 or abs(ys[0] - ys[1]) < 1:
                    yield Ruling(min(xs), min(ys), max(xs), max(ys))


def _strokes(words: list[str]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight strokes of a path: ``M 0 0 L 10 0 L 10 5 C`` is a corner, closed."""
    start = last = (0.0, 0.0)
    index = 0
    while index < len(words):
        sign = words[index]
        point = last
        if sign in {"M", "S", "L"} and index + 2 < len(words):
            point = (_number(words[index + 1]), _number(words[index + 2]))
            index += 2
        if sign == "L":
            yield last, point
        elif sign == "C":
            yield last, start
        if sign in {"M", "S"}:
            start = point
        last = point
        index += 1


def _placed(
    character: str,
    at: tuple[float, float],
    size: tuple[float, float],
    matrix: tuple[float, ...],
    boundary: tuple[float, ...],
) -> Glyph:
    """One character in points on the page; ``at`` is the left end of its base line in its own object."""
    a, b, c, d, e, f = matrix
    x, y = at
    corners = [(x, y - 0.88 * size[1]), (x + size[0], y + 0.12 * size[1])]
    xs = [(a * u + c * v + e + boundary[0]) * _POINTS for u, v in corners]
    ys = [(b * u + d * v + f + boundary[1]) * _POINTS for u, v in corners]
    return Glyph(character, min(xs), min(ys), max(xs), max(ys))


def _deltas(value: str | None, count: int) -> list[float]:
    """The steps from each character to the next; ``g 3 4.2`` stands for three steps of 4.2."""
    words = (value or "").split()[: 4 * PAGE_CHARACTERS]
    found: list[float] = []
    index = 0
    while index < len(words) and len(found) < count:
        if words[index].lower() == "g" and index + 2 < len(words):
            times, step = _number(words[index + 1]), _number(words[index + 2])
            found.extend([step] * max(0, min(int(times), count)))
            index += 3
        else:
            found.append(_number(words[index]))
            index += 1
    return found + [found[-1]] * (count - len(found)) if found else []


def _number(word: str) -> float:
    try:
        found = float(word)
    except ValueError:
        return 0.0
    return found if math.isfinite(found) and abs(found) < 1e9 else 0.0


def _numbers(value: str | None, count: int) -> tuple[float, ...] | None:
    words = (value or "").split()
    return tuple(_number(word) for word in words) if len(words) == count else None


def _all(parent: Any, name: str) -> Iterator[Any]:
    """Elements of a name in any namespace: drafts and the standard differ in it."""
    return (one for one in parent.iter() if isinstance(one.tag, str) and one.tag.rsplit("}", 1)[-1] == name)


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip().lstrip("/")


def _joined(folder: str, path: str) -> str:
    return path.lstrip("/") if path.startswith("/") else posixpath.normpath(posixpath.join(folder, path))
