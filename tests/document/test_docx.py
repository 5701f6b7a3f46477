"""Word files to text and tables."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.document import load

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(build):
    document = docx.Document()
    build(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of_body(xml):
    """A Word file with ``xml`` as its body."""
    return word(
        lambda made: [made.element.body.insert(i, one) for i, one in enumerate(parse_xml(f"<w:x {NS}>{xml}</w:x>"))]
    )


def replaced(data, part, content):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != part:
                new.writestr(one, old.read(one))
        new.writestr(part, content)
    return buffer.getvalue()


def ids(document):
    return [one.id for one in document.findings]


def responsibility_table(made):
    made.add_paragraph("2023年重点任务分解表")
    table = made.add_table(rows=4, cols=4)
    rows = [
        ("序号", "重点任务", "牵头单位", "完成时限"),
        ("1", "建成大桥2座。", "交通局", "12月底"),
        ("2", "新建厂房。", "经信局", "9月底"),
        ("3", "治理河道5公里。", "水利局", "6月底"),
    ]
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            table.cell(r, c).text = words
    table.cell(1, 2).merge(table.cell(2, 2)).text = "交通局"
    made.add_paragraph("说明")


def test_paragraphs_and_tables_come_in_the_printed_order():
    document = load(word(responsibility_table), "甲.docx")
    assert document.text == (
        "2023年重点任务分解表\n序号\t重点任务\t牵头单位\t完成时限\n1\t建成大桥2座。\t交通局\t12月底\n2\t新建厂房。\t9月底\n"
        "3\t治理河道5公里。\t水利局\t6月底\n说明\n"
    )
    assert document.format == "docx"


def test_the_rows_of_a_numbered_table_are_tasks_and_its_cells_paragraphs():
    document = load(word(responsibility_table), "甲.docx")
    assert [(task.number, task.title) for task in document.tasks] == [
        (1, "建成大桥2座"),
        (2, "新建厂房"),
        (3, "治理河道5公里"),
    ]
    assert "交通局" in [document.quote(one.span) for one in document.paragraphs]
    assert document.quote(document.tasks[0].mark) == "1\t"


def test_a_merged_unit_is_filled_in_every_row():
    document = load(word(responsibility_table), "甲.docx")
    (table,) = document.tables
    assert [document.quote(row[2].span) for row in table.rows] == ["牵头单位", "交通局", "交通局", "水利局"]
    assert [document.quote(row[3].span) for row in table.rows] == ["完成时限", "12月底", "9月底", "6月底"]


def test_struck_out_words_are_left_out_and_inserted_ones_taken():
    run = "<w:r><w:t>{}</w:t></w:r>"
    data = of_body(
        f"<w:p>{run.format('投资')}<w:ins>{run.format('5亿元')}</w:ins><w:del><w:r><w:delText>4亿元</w:delText></w:r></w:del>"
        f"<w:hyperlink>{run.format('（链接）')}</w:hyperlink><w:smartTag>{run.format('新昌')}</w:smartTag></w:p>"
    )
    assert load(data, "甲.docx").text.startswith("投资5亿元（链接）新昌\n")


def test_line_breaks_and_content_controls_keep_their_words():
    data = of_body(
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert load(data, "甲.docx").text.startswith("甲\n乙\n")


def test_numbers_that_word_draws_are_restored_and_told():
    def build(made):
        for words in ("建成大桥。", "新建厂房。"):
            made.add_paragraph(words, style="List Number")

    document = load(word(build), "甲.docx")
    assert document.text == "1.建成大桥。\n2.新建厂房。\n"
    assert [task.number for task in document.tasks] == [1, 2]
    assert ids(document) == ["document.N001"]


def test_contents_and_footnotes_are_named_regions_and_no_body():
    def build(made):
        made.add_paragraph("一、工业经济\t1").style = made.styles.add_style("TOC 1", 1)
        made.add_paragraph("一、工业经济")
        made.add_paragraph("1.做强工业。")

    notes = f'<w:footnotes {NS}><w:footnote w:id="1"><w:p><w:r><w:t>亩均：每亩产出5万元。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    document = load(replaced(word(build), "word/footnotes.xml", notes), "甲.docx")
    named = {region.name: document.quote(region.span) for region in document.regions if region.name != "标题序号"}
    assert named == {"目录": "一、工业经济\t1", "脚注": "亩均：每亩产出5万元。"}
    assert len(document.areas) == 1
    assert "亩均" not in "".join(document.quote(one.span) for one in document.paragraphs)


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    data = of_body(
        f'<w:p><w:r><w:t>段落</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert load(data, "甲.docx").text.startswith("段落\n框中文字\n")


def test_a_table_within_a_cell_gives_its_words():
    def build(made):
        cell = made.add_table(rows=2, cols=2).cell(0, 0)
        cell.text = "外"
        cell.add_table(rows=1, cols=2).cell(0, 1).text = "内"

    document = load(word(build), "甲.docx")
    assert document.quote(document.tables[0].rows[0][0].span).split() == ["外", "内"]


def test_a_table_of_ten_thousand_rows_is_cut_with_a_finding():
    row = "<w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    document = load(of_body(f"<w:tbl>{row * 10_000}</w:tbl>"), "甲.docx")
    assert "document.W005" in ids(document)
    assert len(document.tables[0].rows) == 5_000


@pytest.mark.parametrize(
    ("part", "content", "identity"),
    [
        ("word/document.xml", "", "document.E005"),
        ("word/document.xml", f"<w:document {NS}/>", "document.E005"),
        ("word/document.xml", f"<w:document {NS}><w:body/></w:document>", "document.E001"),
        ("word/document.xml", b"\x00" * 9_000_000, "document.E007"),
    ],
)
def test_a_spoiled_word_file_is_a_finding(part, content, identity):
    document = load(replaced(word(lambda made: made.add_paragraph("甲")), part, content), "甲.docx")
    assert ids(document) == [identity]


def test_a_spoiled_part_of_lesser_weight_is_left_out_with_a_warning():
    data = replaced(word(lambda made: made.add_paragraph("1.做强工业。")), "word/numbering.xml", "")
    document = load(data, "甲.docx")
    assert document.text == "1.做强工业。\n"
    assert ids(document) == ["document.W007"]


VALID = word(responsibility_table)
with zipfile.ZipFile(io.BytesIO(VALID)) as _opened:
    BODY = _opened.read("word/document.xml")


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(BODY) - 1), st.binary(min_size=0, max_size=4)), min_size=1, max_size=8))
def test_any_spoiled_body_gives_a_document_and_never_an_exception(changes):
    spoiled = bytearray(BODY)
    for place, value in changes:
        spoiled[place : place + 3] = value
    document = load(replaced(VALID, "word/document.xml", bytes(spoiled)), "甲.docx")
    assert document.text or document.findings


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_any_spoiled_package_gives_a_document_and_never_an_exception(changes):
    spoiled = bytearray(VALID)
    for place, value in changes:
        spoiled[place] = value
    document = load(bytes(spoiled), "甲.docx")
    assert document.text or document.findings
