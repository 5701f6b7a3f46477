"""PDF files to text; the files are made here, or printed by LibreOffice."""

import io
import subprocess

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.document import pdf as module

SENTENCE = "深化县域创新体系建设，新增高新技术企业五家，完成技改投资十二亿元，建成“十链百群”示范园区，"


def made(*streams, rotate=0, trailer="", image=False):
    """A PDF with one page for each stream of drawing commands, and a font whose codes are Unicode."""
    to_unicode = "1 begincodespacerange <0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange"
    kids = " ".join(f"{10 + 2 * n} 0 R" for n in range(len(streams)))
    picture = "/XObject <</I 7 0 R>>" if image else ""
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(streams)}>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>",
        4: "<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        "/DW 1000/FontDescriptor 5 0 R>>",
        5: "<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 -120 1000 880]/Ascent 880/Descent -120/CapHeight 700"
        "/ItalicAngle 0/StemV 80>>",
        6: f"<</Length {len(to_unicode)}>>\nstream\n{to_unicode}\nendstream",
        7: "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
        "\nstream\n0\nendstream",
    }
    for n, stream in enumerate(streams):
        objects[10 + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Rotate {rotate}/Contents {11 + 2 * n} 0 R"
            f"/Resources<</Font<</F 3 0 R>>{picture}>>>>"
        )
        objects[11 + 2 * n] = f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream"
    out, places = "%PDF-1.4\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{n} 1\n{place:010d} 00000 n \n" for n, place in places.items())
    size = max(objects) + 1
    return (
        out
        + f"xref\n0 1\n0000000000 65535 f \n{table}trailer <</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(out)}\n%%EOF"
    ).encode("latin-1")


def drawn(words, x=90, y=700, size=16):
    return f"BT /F {size} Tf {x} {y} Td <{words.encode('utf-16-be').hex()}> Tj ET\n"


def page(*lines):
    return "".join(drawn(words, 90, 760 - 28 * n) for n, words in enumerate(lines))


def ids(document):
    return [one.id for one in document.findings]


def test_lines_are_read_in_the_order_in_which_they_stand_not_in_which_they_are_drawn():
    stream = drawn("建成大桥。", y=600) + drawn("投资", x=122, y=700) + drawn("完成", x=90, y=700)
    document = load(made(stream), "甲.pdf")
    assert document.text == "完成投资\n建成大桥。\n"
    assert document.format == "pdf"


def test_each_line_keeps_its_page_and_box():
    (first, second) = load(made(drawn("完成投资"), drawn("建成大桥")), "甲.pdf").positions
    assert (first.page, second.page) == (1, 2)
    left, top, right, bottom = first.box
    assert (left, right) == (90, 90 + 4 * 16)
    assert 842 - 700 - 20 < top < bottom < 842 - 700 + 8


def test_a_turned_page_is_read_as_it_is_shown():
    """Shown turned by 90 degrees clockwise, what runs upward on the sheet runs to the right, what runs right runs down."""
    assert load(made(drawn("完建", 200, 100) + drawn("成桥", 200, 116), rotate=90), "甲.pdf").text == "完成\n建桥\n"
    assert load(made(drawn("完建", 200, 100) + drawn("成桥", 200, 84), rotate=270), "甲.pdf").text == "建桥\n完成\n"
    assert load(made(drawn("投资"), rotate=180), "甲.pdf").text == "资投\n"


def test_a_radical_that_stands_for_its_character_is_that_character():
    assert load(made(drawn("⼯业")), "甲.pdf").text == "工业\n"


def test_a_page_that_is_a_picture_is_told_when_recognition_is_not_installed(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rapidocr", None)
    scan = "q 595 0 0 842 0 0 cm /I Do Q"
    document = load(made(scan, image=True), "甲.pdf")
    assert ids(document) == ["document.E008"]
    assert "luoshi[ocr]" in document.findings[0].hint
    mixed = load(made(drawn("建成大桥两座，完成投资。"), scan, image=True), "甲.pdf")
    assert "document.W013" in ids(mixed)
    assert "第2页" in next(one.message for one in mixed.findings if one.id == "document.W013")


def test_a_pdf_without_words_and_pictures_is_a_finding():
    assert ids(load(made(""), "甲.pdf")) == ["document.E001"]


def test_an_encrypted_pdf_is_a_finding():
    secret = (
        "/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<"
        + "01" * 32
        + ">/U<"
        + "02" * 32
        + ">>>/ID[<"
        + "03" * 16
        + "><"
        + "03" * 16
        + ">]"
    )
    assert ids(load(made(page("甲"), trailer=secret), "甲.pdf")) == ["document.E006"]


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"%PDF-1.4\n" + b"\0" * 5000])
def test_a_broken_pdf_is_a_finding(data):
    assert ids(load(data, "甲.pdf")) == ["document.E005"]


def test_pages_over_the_limit_are_left_out_with_a_finding(monkeypatch):
    monkeypatch.setattr(module, "PAGE_LIMIT", 1)
    document = load(made(page("建成大桥"), page("新建厂房")), "甲.pdf")
    assert document.text == "建成大桥\n"
    assert "document.W011" in ids(document)


def test_a_drawn_table_is_a_table_with_its_tasks():
    lines = "".join(f"90 {y} m 500 {y} l S\n" for y in (700, 670, 640, 610))
    lines += "".join(f"{x} 610 m {x} 700 l S\n" for x in (90, 160, 400, 500))
    cells = [("序号", "重点任务", "牵头单位"), ("01", "建成大桥两座。", "县交通局"), ("02", "新建厂房。", "县经信局")]
    stream = lines + "".join(
        drawn(words, x, 680 - 30 * r, 12)
        for r, row in enumerate(cells)
        for words, x in zip(row, (95, 165, 405), strict=True)
    )
    document = load(made(stream), "甲.pdf")
    (table,) = document.tables
    assert [tuple(document.quote(cell.span) for cell in row) for row in table.rows] == cells
    assert [(task.number, task.title) for task in document.tasks] == [(1, "建成大桥两座"), (2, "新建厂房")]


def official(lines):
    """A document as offices print it: a header, page numbers, indented and justified paragraphs."""
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "某县人民政府文件"
    footer = word.sections[0].footer.paragraphs[0]
    footer.add_run("— ")
    for kind in ("begin", "PAGE", "end"):
        element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            element.text = kind
        else:
            element.set(qn("w:fldCharType"), kind)
        footer.add_run()._r.append(element)
    footer.add_run(" —")
    for line in lines:
        paragraph = word.add_paragraph()
        paragraph.add_run(line).font.size = Pt(16)
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.alignment = 3
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


@pytest.mark.office
def test_a_printed_document_comes_back_whole_with_its_paragraphs(libreoffice, tmp_path):
    lines = ["一、工业经济", *(f"{n}.做强工业。{SENTENCE * (n % 5 + 1)}争创先进。" for n in range(1, 25))]
    (tmp_path / "甲.docx").write_bytes(official(lines))
    subprocess.run(
        [libreoffice, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "甲.docx"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    document = load((tmp_path / "甲.pdf").read_bytes(), "甲.pdf")
    body = [line for line in document.text.split("\n") if line][: len(lines)]
    assert body == lines
    assert [task.number for task in document.tasks] == list(range(1, 25))
    aside = {document.quote(region.span) for region in document.regions if region.name == "页眉页脚"}
    assert {"某县人民政府文件", "—1—", "—2—"} <= aside


VALID = made(page("建成大桥", "新建厂房"), page("完成投资"))


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_any_spoiled_pdf_gives_a_document_and_never_an_exception(changes):
    spoiled = bytearray(VALID)
    for place, value in changes:
        spoiled[place] = value
    document = load(bytes(spoiled), "甲.pdf")
    assert document.text or document.findings
