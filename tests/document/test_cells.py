"""Filled workbooks as cells: exact figures, days, formulas by their results, and nothing beyond the limits."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from luoshi.document import cells
from luoshi.document.cells import ROW_LIMIT, CellBook
from luoshi.document.extract import UnreadableFile


def saved(build):
    book = Workbook()
    build(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(content, part, change):
    """The workbook with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()).encode() if name == part else data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def only(content):
    book = CellBook(content)
    return book.sheet(book.titles[0])


def test_cells_hold_exact_figures_days_and_words():
    def build(sheet):
        sheet.append(["进度", 0.085, 45, date(2023, 9, 30), True, 0.1 + 0.2])
        sheet["B1"].number_format = "0.00%"

    sheet = only(saved(build))
    assert [sheet.cell(1, place).value for place in range(1, 7)] == [
        "进度",
        Decimal("0.085"),
        Decimal(45),
        date(2023, 9, 30),
        True,
        Decimal("0.3"),
    ]
    assert sheet.cell(1, 2).text == "8.5%"


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20),
                st.integers(-(10**14), 10**14),
                st.decimals(-(10**6), 10**6, places=4),
                st.dates(date(1950, 1, 1), date(2090, 12, 31)),
                st.booleans(),
            ),
            min_size=1,
            max_size=6,
        ),
        min_size=1,
        max_size=6,
    )
)
def test_what_was_written_is_read_as_it_was(rows):
    def build(sheet):
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row, 1):
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"

    read = [list(row) for row in only(saved(build)).table()]
    assert read == rows
    assert [[type(cell) is bool for cell in row] for row in read] == [[type(c) is bool for c in row] for row in rows]


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_a_damaged_part_is_refused_or_read_and_nothing_else(noise):
    content = saved(lambda sheet: sheet.append(["甲", 1]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data[: len(data) // 2] + noise + data[len(data) // 2 :] if name == SHEET else data)
    try:
        list(only(out.getvalue()).table())
    except UnreadableFile:
        return


def test_a_formula_without_a_result_holds_nothing_and_says_so():
    cell = only(saved(lambda sheet: sheet.append(["=1+2"]))).cell(1, 1)
    assert (cell.value, cell.is_formula) == (None, True)


def test_a_merged_place_says_the_same_in_every_cell_and_hidden_rows_are_known():
    def build(sheet):
        for name in ("发改局", None, "教育局"):
            sheet.append([name, "事项"])
        sheet.merge_cells("A1:A2")
        sheet.row_dimensions[2].hidden = True

    sheet = only(saved(build))
    assert [sheet.spread(row, 1).value for row in (1, 2, 3)] == ["发改局", "发改局", "教育局"]
    assert sheet.hidden == {2}


def test_a_sheet_said_to_be_as_large_as_can_be_costs_nothing():
    content = saved(lambda sheet: sheet.append(["甲", "乙"]))

    def huge(text):
        text = re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', text)
        cell = (
            '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>末</t></is></c><c r="A1048576"><v>1</v></c></row>'
        )
        merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        return text.replace("</sheetData>", f"{cell}</sheetData>{merged}")

    sheet = only(rewritten(content, SHEET, huge))
    assert list(sheet.rows) == [1]
    assert len(list(sheet.table())) == 1
    assert sheet.cut == 1


def test_rows_beyond_the_limit_are_counted_not_read():
    content = saved(lambda sheet: sheet.append(["甲"]))
    rows = "".join(f'<row r="{number}"><c r="A{number}"><v>1</v></c></row>' for number in range(2, ROW_LIMIT + 12))
    sheet = only(rewritten(content, SHEET, lambda text: text.replace("</sheetData>", f"{rows}</sheetData>")))
    assert (len(sheet.rows), sheet.cut) == (ROW_LIMIT, 11)


def test_ten_thousand_sheets_are_not_opened_or_not_all():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        for number in range(10_000):
            package.writestr(f"xl/worksheets/sheet{number}.xml", "<worksheet/>")
    with pytest.raises(UnreadableFile, match="10001个文件"):
        CellBook(out.getvalue())
    content = saved(lambda sheet: sheet.append(["甲"]))

    def many(text):
        named = re.search(r"<sheet [^>]*>", text)[0]
        listed = "".join(re.sub('name="[^"]*"', f'name="表{number}"', named) for number in range(10_000))
        return text.replace(named, listed)

    assert len(CellBook(rewritten(content, "xl/workbook.xml", many)).titles) == 60


def test_entities_are_never_resolved():
    content = saved(lambda sheet: sheet.append(["甲"]))
    bomb = '<!DOCTYPE a [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&b;&f;</t></is></c></row>'

    def changed(text):
        declaration = re.match(r"<\?xml[^>]*\?>", text)
        head = declaration[0] if declaration else ""
        return head + bomb + text[len(head) :].replace("</sheetData>", f"{cell}</sheetData>")

    sheet = only(rewritten(content, SHEET, changed))
    assert "root:" not in sheet.cell(2, 1).text
    assert "哈哈" not in sheet.cell(2, 1).text


def test_a_sheet_of_millions_of_empty_cells_is_not_read_to_the_end(monkeypatch):
    monkeypatch.setattr(cells, "ELEMENT_LIMIT", 30_000)
    content = saved(lambda sheet: sheet.append(["甲"]))
    row = "<row>" + "<c/>" * 30_010 + "</row>"
    book = CellBook(rewritten(content, SHEET, lambda text: text.replace("</sheetData>", f"{row}</sheetData>")))
    with pytest.raises(UnreadableFile, match="3万"):
        book.sheet(book.titles[0])


def test_what_unpacks_beyond_the_limits_or_is_no_workbook_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr(SHEET, b" " * 20_000_000)
    with pytest.raises(UnreadableFile, match="压缩比异常"):
        CellBook(out.getvalue())
    for content in (b"", b"a,b\n", b"PK\x03\x04broken"):
        with pytest.raises(UnreadableFile):
            CellBook(content)


def test_odd_cells_are_kept_as_written_and_blank_rows_are_not_filled():
    content = saved(lambda sheet: sheet.append(["甲"]))
    odd = (
        '<row r="3"><c r="A3" t="d"><v>2023-09-30T00:00:00</v></c><c r="B3"><v>nan</v></c><c r="C3"><v>x1</v></c>'
        '<c r="D3" t="e"><v>#REF!</v></c><c r="E3" t="b"><v>0</v></c><c r="F3"><v>1E+60</v></c><c><v>7</v></c>'
        '<c r="H3" t="s"><v>99</v></c><c r="I3" t="d"><v>30/9</v></c></row><row><c><v>8</v></c></row>'
        '<row r="6"><c r="A6" t="str"><f>B1</f><v></v></c></row>'
    )
    book = CellBook(rewritten(content, SHEET, lambda text: text.replace("</sheetData>", f"{odd}</sheetData>")))
    (title,) = book.titles
    assert book.is_visible(title)
    sheet = book.sheet(title)
    row = [sheet.cell(3, place) for place in range(1, 10)]
    assert [cell.value for cell in row] == [
        date(2023, 9, 30), "nan", "x1", "#REF!", False, "1E+60", Decimal(7), None, "30/9",
    ]  # fmt: skip
    assert [cell.text for cell in row[:5]] == ["2023-09-30", "nan", "x1", "#REF!", "否"]
    assert [number for number, _ in sheet.filled()] == [1, 3, 4, 6]
    assert sheet.cell(6, 1).is_formula
    assert sheet.cell(6, 1).value is None


def test_a_package_that_is_no_workbook_or_has_no_sheet_is_refused():
    for parts in ({"word/document.xml": "<a/>"}, {"xl/workbook.xml": "<workbook/>"}):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as package:
            for name, text in parts.items():
                package.writestr(name, text)
        with pytest.raises(UnreadableFile):
            CellBook(out.getvalue())
