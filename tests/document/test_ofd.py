"""OFD files to text."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.document.ofd import _deltas

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WORDS = ["某县二〇二三年政府工作报告", "(一)产业方面", "1.做强工业。新建厂房2座，完成投资5亿元。"]


def text_object(words, x=20.0, y=30.0, size=5.0, more=""):
    steps = " ".join(str(size * (0.5 if one.isascii() else 1)) for one in words[:-1])
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y} 200 10" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="4" DeltaX="{steps}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def content(*objects, template=""):
    return f"<ofd:Page {NS}>{template}<ofd:Content><ofd:Layer ID='1'>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def document(pages, templates=""):
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    return (
        f"<ofd:Document {NS}><ofd:CommonData>{templates}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )


def ofd(pages, templates="", more=None, roots=("Doc_0/Document.xml",)):
    body = "".join(f"<ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>" for root in roots)
    parts = {"OFD.xml": f"<ofd:OFD {NS}>{body}</ofd:OFD>", "Doc_0/Document.xml": document(len(pages), templates)}
    parts |= {f"Doc_0/Pages/Page_{n}/Content.xml": page for n, page in enumerate(pages)}
    return packed(parts | (more or {}))


def packed(parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return buffer.getvalue()


PAGE = content(*(text_object(words, y=30 + 8 * n) for n, words in enumerate(WORDS)))


def ids(read):
    return [one.id for one in read.findings]


def test_a_page_becomes_lines_in_the_order_of_their_places():
    page = content(*(text_object(words, y=30 + 8 * n) for n, words in reversed(list(enumerate(WORDS)))))
    read = load(ofd([page]), "甲.ofd")
    assert read.text == "\n".join(WORDS) + "\n"
    assert (read.format, [task.number for task in read.tasks]) == ("ofd", [1])


def test_each_line_keeps_its_page_and_box_in_points():
    position = load(ofd([PAGE, content(text_object("附件"))]), "甲.ofd").positions[0]
    assert (position.page, position.box[:2]) == (1, (57, 84))  # 20 mm = 56.7 pt; 30 + 4 − 0.88 × 5 = 29.6 mm = 83.9 pt


def test_pieces_of_one_line_are_joined():
    pieces = content(text_object("投资", x=40), text_object("完成", x=30), text_object("5亿元", x=50))
    assert load(ofd([pieces]), "甲.ofd").text == "完成投资5亿元\n"


def test_a_turned_and_scaled_object_is_placed_by_its_matrix():
    page = content(text_object("大", size=1, more='CTM="5 0 0 5 0 -16"'), text_object("桥", x=25.0))
    assert load(ofd([page]), "甲.ofd").text == "大桥\n"


def test_steps_are_given_singly_or_in_groups():
    assert _deltas("g 2 4.0 1", 4) == [4.0, 4.0, 1.0, 1.0]
    assert _deltas("3", 3) == [3.0, 3.0, 3.0]
    assert _deltas("g 9999999 1", 3) == [1.0] * 3
    assert _deltas(None, 3) == []
    assert _deltas("x nan inf", 3) == [0.0] * 3


def test_words_drawn_downward_without_steps_across_are_kept():
    page = content(
        '<ofd:TextObject Boundary="20 30 10 90" Size="5"><ofd:TextCode X="0" Y="5" DeltaY="8 8">大桥建</ofd:TextCode></ofd:TextObject>'
    )
    assert load(ofd([page]), "甲.ofd").text.split() == ["大", "桥", "建"]


def test_a_form_under_several_pages_is_a_named_region_and_under_one_page_belongs_to_it():
    form = '<ofd:TemplatePage ID="7" BaseLoc="Tpls/Tpl_0/Content.xml"/>'
    uses = '<ofd:Template TemplateID="7"/>'
    more = {"Doc_0/Tpls/Tpl_0/Content.xml": content(text_object("某县人民政府文件", y=5))}
    pages = [content(text_object(words), template=uses) for words in WORDS[1:]]
    read = load(ofd(pages, form, more), "甲.ofd")
    assert ("页眉页脚", "某县人民政府文件") in [(one.name, read.quote(one.span)) for one in read.regions]
    assert load(ofd(pages[:1], form, more), "甲.ofd").text.split() == ["某县人民政府文件", "(一)产业方面"]


def test_several_documents_in_one_file_follow_each_other():
    other = {"Doc_1/Document.xml": document(1), "Doc_1/Pages/Page_0/Content.xml": content(text_object("附件"))}
    read = load(ofd([PAGE], more=other, roots=("Doc_0/Document.xml", "/Doc_1/Document.xml")), "甲.ofd")
    assert read.text.split()[-1] == "附件"


def test_the_namespace_of_drafts_is_read_too():
    parts = {"OFD.xml": "<OFD><DocBody><DocRoot>D/Document.xml</DocRoot></DocBody></OFD>"}
    parts["D/Document.xml"] = "<Document><Pages><Page ID='1' BaseLoc='P/Content.xml'/></Pages></Document>"
    parts["D/P/Content.xml"] = PAGE.replace("ofd:", "").replace("xmlns:ofd", "xmlns")
    assert load(packed(parts), "甲.ofd").text.startswith(WORDS[0])


def test_a_drawn_table_is_a_table():
    lines = "".join(
        f'<ofd:PathObject Boundary="20 20 160 40"><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'
        for data in ("M 0 0 L 160 0 L 160 40 L 0 40 C", "M 0 20 L 160 20", "M 30 0 L 30 40", "M 120 0 L 120 40")
    )
    cells = [("序号", "重点任务", "牵头单位"), ("01", "建成大桥。", "县交通局")]
    page = content(
        lines,
        *(
            text_object(one, x, 25 + 20 * r)
            for r, row in enumerate(cells)
            for one, x in zip(row, (22, 52, 142), strict=True)
        ),
    )
    read = load(ofd([page]), "甲.ofd")
    assert [tuple(read.quote(cell.span) for cell in row) for row in read.tables[0].rows] == cells


@pytest.mark.parametrize(
    ("data", "identity"),
    [
        (ofd([content()]), "document.E001"),
        (packed({"OFD.xml": "<OFD/>"}), "document.E005"),
        (packed({"OFD.xml": "no xml"}), "document.E005"),
        (ofd([PAGE], more={"Doc_0/Encryptions.xml": ""}), "document.E006"),
    ],
)
def test_what_cannot_be_read_is_a_finding(data, identity):
    assert ids(load(data, "甲.ofd")) == [identity]


def test_a_spoiled_page_is_left_out_with_a_warning():
    read = load(ofd([PAGE, ""]), "甲.ofd")
    assert read.text.startswith(WORDS[0])
    assert "document.W017" in ids(read)


@settings(max_examples=80)
@given(st.lists(st.tuples(st.integers(0, len(PAGE) - 1), st.text("0<>\"'/ -e9甲", max_size=4)), min_size=1, max_size=8))
def test_any_spoiled_page_gives_a_document_and_never_an_exception(changes):
    spoiled = PAGE
    for place, value in changes:
        spoiled = spoiled[:place] + value + spoiled[place + 3 :]
    read = load(ofd([spoiled]), "甲.ofd")
    assert read.text or read.findings
