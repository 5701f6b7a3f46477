"""Excel workbooks to tables."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.document import load

ROWS = [
    ["序号", "任务", "目标", "牵头单位"],
    [1, "建成大桥", 2, "交通局"],
    [2, "研发投入占比", 0.034, None],
    [3, "投资", 1234.5, "发改局"],
]


def book(build=lambda made: None, rows=ROWS):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    build(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def grid(document, number=0):
    return [[document.quote(cell.span) for cell in row] for row in document.tables[number].rows]


def ids(document):
    return [one.id for one in document.findings]


def formatted(made):
    sheet = made.active
    sheet.title = "任务分解表"
    sheet["C3"].number_format = "0.0%"
    sheet["C4"].number_format = '#,##0.0"万元"'
    sheet.merge_cells("D2:D3")


def test_cells_stand_as_they_are_shown_and_merged_ones_are_filled():
    document = load(book(formatted), "甲.xlsx")
    assert grid(document) == [
        ["序号", "任务", "目标", "牵头单位"],
        ["1", "建成大桥", "2", "交通局"],
        ["2", "研发投入占比", "3.4%", "交通局"],
        ["3", "投资", "1,234.5万元", "发改局"],
    ]
    assert (document.format, document.tables[0].name) == ("xlsx", "任务分解表")


def test_the_numbered_rows_are_tasks():
    document = load(book(formatted), "甲.xlsx")
    assert [(task.number, task.title) for task in document.tasks] == [(1, "建成大桥"), (2, "研发投入占比"), (3, "投资")]


def test_a_title_over_all_columns_is_one_line():
    document = load(book(lambda made: made.active.merge_cells("A1:D1"), [["2023年重点任务"], *ROWS]), "甲.xlsx")
    assert document.text.startswith("2023年重点任务\n序号\t任务\t目标\t牵头单位\n")
    assert grid(document)[0] == ["2023年重点任务"] * 4
    assert document.quote(document.title) == "2023年重点任务"
    assert load(book(), "甲.xlsx").title is None  # 序号 heads a column, not the document


def test_dates_stand_as_days():
    def build(made):
        made.active["A1"] = date(2023, 9, 30)
        made.active["B1"] = date(2023, 9, 30)
        made.active["B1"].number_format = 'yyyy"年"m"月"d"日"'

    assert grid(load(book(build, []), "甲.xlsx")) == [["2023-09-30", "2023年9月30日"]]


def test_formulas_that_were_never_calculated_are_named():
    document = load(book(lambda made: made.active.__setitem__("C5", "=SUM(C2:C4)")), "甲.xlsx")
    (finding,) = document.findings
    assert finding.id == "document.W009"
    assert "C5" in finding.message


def test_hidden_sheets_are_left_out_and_told():
    def build(made):
        made.create_sheet("底稿").sheet_state = "hidden"
        made["底稿"]["A1"] = "草稿9家"

    document = load(book(build), "甲.xlsx")
    assert "草稿" not in document.text
    assert ids(document) == ["document.N002"]


def test_each_sheet_is_a_table_of_its_name():
    def build(made):
        made.create_sheet("附表").append(["甲", "乙"])
        made.create_sheet("空表")

    assert [table.name for table in load(book(build), "甲.xlsx").tables] == ["Sheet", "附表"]


def test_an_empty_workbook_is_a_finding():
    assert ids(load(book(rows=[]), "甲.xlsx")) == ["document.E001"]


def test_a_binary_workbook_is_refused_with_advice():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("xl/workbook.bin", b"")
    (finding,) = load(buffer.getvalue(), "甲.xlsb").findings
    assert (finding.id, "xlsx" in finding.hint) == ("document.E004", True)


def test_a_table_of_ten_thousand_rows_is_cut_with_a_finding():
    document = load(book(rows=[[n, "建成大桥"] for n in range(1, 10_001)]), "甲.xlsx")
    assert "document.W005" in ids(document)
    assert "5000行" in next(one.message for one in document.findings if one.id == "document.W005")


def test_a_cell_at_the_end_of_the_sheet_fills_no_memory():
    def build(made):
        made.active["XFD1048576"] = "远"
        made.active["A900000"] = "远"

    document = load(book(build), "甲.xlsx")
    assert len(document.tables[0].rows) == 4
    assert "document.W005" in ids(document)


MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
with zipfile.ZipFile(io.BytesIO(book(formatted))) as _opened:
    PARTS = {name: _opened.read(name) for name in _opened.namelist()}
PARTS["xl/worksheets/sheet1.xml"] = (
    f'<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row><c t="s"><v>9</v></c><c><v>0.5</v></c><c t="b"><v>1</v></c></row></sheetData>'
    '<mergeCells><mergeCell ref="B1:C1"/></mergeCells></worksheet>'
).encode()
PARTS["xl/sharedStrings.xml"] = (
    f"<sst {MAIN}><si><r><t>重点</t></r><r><t>任务</t></r><rPh><t>zhong</t></rPh></si><si><t>甲_x000D_乙</t></si></sst>"
).encode()


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return buffer.getvalue()


def test_shared_words_runs_and_cells_without_a_place_are_read():
    assert grid(load(packed(PARTS), "甲.xlsx")) == [["重点任务", "甲\n乙", "甲\n乙"], ["", "0.5", "是"]]


@settings(max_examples=80)
@given(
    st.sampled_from(
        [
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/sharedStrings.xml",
            "xl/styles.xml",
            "xl/_rels/workbook.xml.rels",
        ]
    ),
    st.lists(st.tuples(st.integers(0, 100_000), st.binary(max_size=4)), min_size=1, max_size=8),
)
def test_any_spoiled_part_gives_a_document_and_never_an_exception(part, changes):
    spoiled = bytearray(PARTS[part])
    for place, value in changes:
        begin = place % len(spoiled)
        spoiled[begin : begin + 3] = value
    document = load(packed({**PARTS, part: bytes(spoiled)}), "甲.xlsx")
    assert document.text or document.findings


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_missing_part_gives_a_document_and_never_an_exception(part):
    document = load(packed({name: content for name, content in PARTS.items() if name != part}), "甲.xlsx")
    assert document.text or document.findings
