"""Whatever file arrives: read rightly or refused with a finding, never a traceback, never a half-adopted plan."""

from __future__ import annotations

import sqlite3

import pytest
from openpyxl import load_workbook

TEXT = "试验县2023年重点任务\n一、工业方面\n1.做强工业。完成工业投资65亿元以上，争创国家森林城市。\n2.稳就业。城镇登记失业率控制在3%以内。\n"

READABLE = {
    "gbk": TEXT.encode("gb18030"),
    "utf-16-le": TEXT.encode("utf-16"),
    "utf-16-be": b"\xfe\xff" + TEXT.encode("utf-16-be"),
    "bom": b"\xef\xbb\xbf" + TEXT.encode(),
    "crlf": TEXT.replace("\n", "\r\n").encode(),
    "missing number": TEXT.replace("2.稳", "4.稳").encode(),
    "doubled number": TEXT.replace("2.稳", "1.稳").encode(),
    "no task": "试验县人民政府今年完成工业投资65亿元以上。城镇登记失业率控制在3%以内。\n".encode(),
}
UNREADABLE = {
    "empty": b"",
    "blank": " \n\n　\n".encode(),
    "binary": bytes(range(256)) * 64,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "docx": b"PK\x03\x04" + b"\0" * 40,
    "odd utf-16": b"\xff\xfe" + b"\x00\xd8" * 20 + b"\x41",
    "50 MB": TEXT.encode() * 300_000,
}


def entries(home):
    with sqlite3.connect(home / "luoshi.sqlite3") as database:
        rows = database.execute("SELECT list, count(*) FROM store_entryrow GROUP BY list").fetchall()
        documents = database.execute("SELECT count(*) FROM store_documentrow").fetchone()[0]
    database.close()
    return dict(rows), documents


@pytest.mark.parametrize("kind", READABLE)
def test_any_text_is_read(luoshi, tmp_path, kind):
    path = tmp_path / "文件.txt"
    path.write_bytes(READABLE[kind])
    done = luoshi(tmp_path / "none", "read", path, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert '"quote": "65亿元以上"' in done.stdout
    assert '"indicator": "城镇登记失业率"' in done.stdout
    if kind in {"missing number", "doubled number", "no task"}:
        assert "document." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_is_no_text_is_refused_by_name_and_nothing_is_adopted(luoshi, county, tmp_path, kind):
    path = tmp_path / "文件.txt"
    path.write_bytes(UNREADABLE[kind])
    read = luoshi(tmp_path / "none", "read", path)
    assert read.returncode == 3
    assert "document.E" in read.stderr
    before = entries(county)
    adopted = luoshi(county, "adopt", path, "--yes")
    assert adopted.returncode == 3
    assert "文件.txt" in adopted.stderr
    assert "Traceback" not in read.stderr + adopted.stderr
    assert entries(county) == before


@pytest.mark.parametrize("kind", ["gbk", "doubled number", "no task"])
def test_any_text_is_adopted_whole(luoshi, county, tmp_path, kind):
    path = tmp_path / "文件.txt"
    path.write_bytes(READABLE[kind])
    done = luoshi(county, "adopt", path, "--yes")
    assert done.returncode == 0, done.stderr
    counts, documents = entries(county)
    assert documents == 1
    assert counts["plan"] == 1
    assert counts["target"] == 2
    assert luoshi(county, "replay").returncode == 0


def test_adopting_asks_first_and_without_an_answer_changes_nothing(luoshi, county, tmp_path):
    path = tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    before = entries(county)
    done = luoshi(county, "adopt", path)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert entries(county) == before


def test_a_review_adopts_only_what_it_lists_with_its_task(luoshi, county, tmp_path):
    path, review = tmp_path / "文件.txt", tmp_path / "复核.jsonl"
    path.write_text(TEXT, "utf-8")
    lines = luoshi(county, "read", path, "--format", "jsonl").stdout.splitlines()
    review.write_text("\n".join(line for line in lines if "失业率" in line), "utf-8")
    done = luoshi(county, "adopt", path, "--yes", "--review", review)
    assert done.returncode == 0, done.stderr
    counts, _ = entries(county)
    assert (counts["target"], counts["task"]) == (1, 1)


@pytest.mark.parametrize(
    ("line", "told"),
    [('{"start": 1, "end": 2}', "第1行没有对应的识读建议"), ("不是JSON", "第1行不是"), ('{"id": "n999999"}', "第1行")],
)
def test_a_review_that_names_nothing_is_refused_and_nothing_stays(luoshi, county, tmp_path, line, told):
    path, review = tmp_path / "文件.txt", tmp_path / "复核.jsonl"
    path.write_text(TEXT, "utf-8")
    review.write_text(line, "utf-8")
    before = entries(county)
    done = luoshi(county, "adopt", path, "--yes", "--review", review)
    assert done.returncode == 3
    assert told in done.stderr
    assert entries(county) == before


def test_adopting_the_same_document_again_is_refused_as_no_change(luoshi, county, tmp_path):
    path = tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    luoshi(county, "adopt", path, "--yes")
    before = entries(county)
    for more in (["--yes"], []):
        again = luoshi(county, "adopt", path, *more)
        assert again.returncode == 3
        assert again.stdout == ""
        assert "完全相同" in again.stderr
    assert entries(county) == before


def test_what_is_asked_about_was_tried_and_leaves_nothing(luoshi, county, tmp_path):
    path = tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    before = entries(county)
    asked = luoshi(county, "adopt", path)
    assert asked.returncode == 2
    assert "第1版：新增" in asked.stdout
    assert entries(county) == before


def test_what_would_be_withdrawn_is_named_before_it_is_asked_about(luoshi, county, tmp_path):
    path = tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    luoshi(county, "adopt", path, "--yes")
    path.write_text(TEXT.replace("2.稳就业。城镇登记失业率控制在3%以内。\n", ""), "utf-8")
    assert "撤销：城镇登记失业率（待交办）" in luoshi(county, "adopt", path).stdout


def _roster(luoshi, tmp_path, posts, bodies=(("330624-101", "试验县发展和改革局", "县发改局", "部门"),)):
    path = tmp_path / "花名册.xlsx"
    assert luoshi(tmp_path / "none", "roster", "template", path).returncode == 0
    book = load_workbook(path)
    for row in bodies:
        book["单位"].append(row)
    for row in posts:
        book["岗位"].append(row)
    book.save(path)
    return path


def test_every_bad_cell_of_a_roster_is_named_and_nothing_is_registered(luoshi, county, tmp_path):
    bad = [
        ("县发改局", "局长大人", "局长", "fuze101", "负责人"),
        ("没有的局", "经办人", "办公室", "jingban101", "经办人"),
        ("县发改局", "经办人", None, "jingban102", "经办人", "2023-02-30"),
    ]
    before = entries(county)
    done = luoshi(county, "import", "roster", _roster(luoshi, tmp_path, bad))
    assert done.returncode == 3
    for words in ("岗位!B2", "局长大人", "单位负责人、经办人", "岗位!C4", "岗位!F4", "2023-02-30"):
        assert words in done.stderr
    assert entries(county) == before


def test_a_body_that_nobody_knows_is_named(luoshi, county, tmp_path):
    rows = [("没有的局", "经办人", "办公室", "jingban101", "经办人")]
    done = luoshi(county, "import", "roster", _roster(luoshi, tmp_path, rows))
    assert done.returncode == 3
    assert "岗位!A2" in done.stderr
    assert "没有的局" in done.stderr


def test_a_roster_is_imported_once_and_updated_after(luoshi, county, tmp_path):
    path = _roster(luoshi, tmp_path, [("县发改局", "经办人", "办公室", "jingban101", "甲")])
    dry = luoshi(county, "import", "roster", path, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "没有登记" in dry.stdout
    assert entries(county)[0]["body"] == 1
    passwords = tmp_path / "账号.csv"
    assert luoshi(county, "import", "roster", path, "--passwords", passwords).returncode == 0
    assert entries(county)[0] == {"body": 2, "post": 2}
    assert "jingban101" in passwords.read_text("utf-8-sig")
    book = load_workbook(path)
    book["岗位"]["D2"], book["岗位"]["E2"] = "jingban109", "乙"
    book.save(path)
    again = luoshi(county, "import", "roster", path)
    assert again.returncode == 0, again.stderr
    assert "变动的岗位 1" in again.stdout
    assert entries(county)[0] == {"body": 2, "post": 2}


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_no_roster(luoshi, county, tmp_path, content):
    path = tmp_path / "花名册.xlsx"
    path.write_bytes(content)
    done = luoshi(county, "import", "roster", path)
    assert done.returncode == 3
    assert "不是可以读取的xlsx" in done.stderr
