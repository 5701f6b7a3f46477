"""luoshi read: one process, no site, whatever the file holds."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from openpyxl import load_workbook

DOCUMENT = "examples/xinchang-2023/document.txt"
SMALL = "一、工业方面\n1.做强工业。完成工业投资65亿元以上，争创国家森林城市。\n2.稳就业。城镇登记失业率控制在3%以内。\n"


def luoshi(root, *arguments, home="", **more):
    """The console as a process of its own."""
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(root / "src"), "LUOSHI_HOME": str(home)}
    return subprocess.run(
        [sys.executable, "-m", "luoshi", *map(str, arguments)],
        capture_output=True, cwd=root, env=environment, stdin=subprocess.DEVNULL, timeout=60, check=False, **more,
    )  # fmt: skip


def test_jsonl_has_one_line_for_each_number_in_text_order(root):
    done = luoshi(root, "read", DOCUMENT, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert done.returncode == 0
    assert len(rows) > 100
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_commitments_are_lines_too(root):
    done = luoshi(root, "read", DOCUMENT, "--format", "commitments")
    kinds = {json.loads(line)["kind"] for line in done.stdout.decode().splitlines()}
    assert kinds == {"project", "honour", "event", "measure"}


@pytest.mark.parametrize("style", ["jsonl", "table", "json"])
def test_reading_never_imports_the_site(root, style):
    code = (
        "import sys; sys.argv = ['luoshi', 'read', 'examples/xinchang-2023/document.txt', '--format', "
        f"{style!r}]\n"
        "from luoshi.site.console import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "sys.stderr.write(','.join(m for m in ('django', 'openpyxl', 'granian', 'jinja2') if m in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=root, env={"PYTHONPATH": str(root / "src")}, check=True
    )
    assert done.stderr == b""


def test_the_table_says_what_was_found_and_why(root, tmp_path):
    path = tmp_path / "文件.txt"
    path.write_text(SMALL, "utf-8")
    done = luoshi(root, "read", path, "--explain")
    shown = done.stdout.decode()
    assert "≥65亿元" in shown
    assert "≤3%" in shown
    assert "争先项" in shown
    assert "· " in shown  # the rules
    assert shown.splitlines()[-1].startswith("《文件》：2项任务，目标2个")
    titled = tmp_path / "document.txt"
    titled.write_text("某县2023年重点任务\n" + SMALL, "utf-8")
    last = luoshi(root, "read", titled).stdout.decode().splitlines()[-1]
    assert last.startswith("《某县2023年重点任务》（文件document.txt）：2项任务")


def test_the_workbook_holds_numbers_as_numbers_and_no_formula(root, tmp_path):
    path, out = tmp_path / "a.txt", tmp_path / "a.xlsx"
    path.write_text(SMALL, "utf-8")
    done = luoshi(root, "read", path, "--format", "xlsx", "-o", out)
    assert done.returncode == 0, done.stderr.decode()
    sheet = load_workbook(out)["识读结果"]
    heads = [cell.value for cell in sheet[2]]
    assert heads[:5] == ["任务", "分块", "类别", "指标或名称", "目标"]
    assert sheet["A3"].value == 1
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_page_stands_alone_and_marks_the_text(root, tmp_path):
    path, out = tmp_path / "a.txt", tmp_path / "a.html"
    path.write_text(SMALL + "3.<script>alert(1)</script>新增企业5家。\n", "utf-8")
    assert luoshi(root, "read", path, "--format", "html", "-o", out).returncode == 0
    page = out.read_text("utf-8")
    assert ">65亿元以上</mark>" in page
    assert "<script" not in page
    assert "http" not in page


def test_a_workbook_without_a_file_to_go_to_is_a_mistake_of_usage(root):
    done = luoshi(root, "read", DOCUMENT, "--format", "xlsx")
    assert done.returncode == 2
    assert "-o" in done.stderr.decode()


def test_a_file_that_is_not_there_is_a_mistake_of_usage(root):
    done = luoshi(root, "read", "没有.txt")
    assert done.returncode == 2
    assert "没有这个文件" in done.stderr.decode()
