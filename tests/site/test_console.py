"""Commands on a home of their own: packs checked, papers written, the demo's stamp kept."""

from __future__ import annotations

import json
import zipfile

TEXT = "试验县2023年重点任务\n序言。\n一、工业方面\n1.做强工业。完成工业投资65亿元以上，争创国家森林城市。\n"


def test_the_shipped_packs_pass_the_check(luoshi, tmp_path):
    done = luoshi(tmp_path, "check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("检查通过：清单")


def test_a_countys_own_list_is_checked_with_file_line_and_nearest_word(luoshi, county):
    own = county / "packs" / "own" / "lists"
    own.mkdir(parents=True)
    (own / "petition.yaml").write_text(
        "list: petition\nlabel: 信访\nsource: {adr: x}\nfeilds:\n  text: {type: text, label: 内容}\n"
        "states: {open: 在办}\nmoves: {}\n", "utf-8",
    )  # fmt: skip
    done = luoshi(county, "check")
    assert done.returncode == 1
    assert "petition.yaml:4" in done.stderr
    assert "fields" in done.stderr


def test_the_check_says_what_an_override_does_to_open_entries(luoshi, county, tmp_path):
    """One task with one target and one honour, all waiting to be assigned: three open entries of two lists."""
    path = tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    assert luoshi(county, "adopt", path, "--yes").returncode == 0
    assert "未办结" not in luoshi(county, "check").stderr
    own = county / "packs" / "own" / "lists"
    own.mkdir(parents=True)
    (own / "target.yaml").write_text("list: target\nlabel: 指标清单\n", "utf-8")
    (own / "task.yaml").write_text("list: task\nfields:\n  stage: null\nmoves:\n  amend: null\n", "utf-8")
    done = luoshi(county, "check")
    assert done.returncode == 0, done.stderr
    assert "“指标清单”有1条未办结的用改动前的清单，都可以改用新版。运行 luoshi renew target 改用。" in done.stderr
    assert "“任务清单”有2条未办结的用改动前的清单" in done.stderr
    (own / "task.yaml").write_text(
        "list: task\nfields:\n  kind:\n    of: {task: null, honour: null}\n", "utf-8",
    )  # fmt: skip
    done = luoshi(county, "check")
    assert done.returncode == 0, done.stderr
    assert "其中2条与新版不符：“类别”所填的“重点任务”在新版里不是选项（1条）" in done.stderr


def test_a_light_rule_set_is_checked_too(luoshi, county):
    own = county / "packs" / "own" / "light"
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text("rule_set: mine\nlabel: 本县\ncolours: {}\n", "utf-8")
    done = luoshi(county, "check")
    assert done.returncode == 1
    assert "mine.yaml" in done.stderr


def test_coverage_names_what_belongs_to_no_entry(luoshi, county, tmp_path):
    path = tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    assert luoshi(county, "coverage").returncode == 3  # nothing adopted yet
    assert luoshi(county, "adopt", path, "--yes").returncode == 0
    done = luoshi(county, "coverage")
    assert done.returncode == 0, done.stderr
    assert "不属于任何条目：序言。" in done.stdout
    assert luoshi(county, "coverage", "--at-least", "100").returncode == 1


def test_a_task_left_out_of_the_plan_fails_the_coverage(luoshi, county, tmp_path):
    path, review = tmp_path / "文件.txt", tmp_path / "复核.jsonl"
    path.write_text(TEXT + "2.稳就业。城镇登记失业率控制在3%以内。\n", "utf-8")
    lines = luoshi(county, "read", path, "--format", "jsonl").stdout.splitlines()
    review.write_text("\n".join(line for line in lines if "失业率" in line), "utf-8")
    assert luoshi(county, "adopt", path, "--yes", "--review", review).returncode == 0
    done = luoshi(county, "coverage")
    assert done.returncode == 1
    assert "第1项任务没有列入计划" in done.stderr


def test_facts_are_exported_as_lines_that_chain(luoshi, county, tmp_path):
    out = tmp_path / "事实.jsonl"
    assert luoshi(county, "export", "--what", "facts", "-o", out).returncode == 0
    facts = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [fact["stream"] for fact in facts] == ["body:330624-001", "post:330624-001:supervisor:1"]
    assert all(fact["prev_hash"] == "" and len(fact["hash"]) == 64 for fact in facts)


def test_the_ledger_opens_before_any_month_was_opened(luoshi, county, tmp_path):
    from openpyxl import load_workbook

    path, out = tmp_path / "文件.txt", tmp_path / "台账.xlsx"
    path.write_text(TEXT, "utf-8")
    assert luoshi(county, "adopt", path, "--yes").returncode == 0
    done = luoshi(county, "export", "-o", out)
    assert done.returncode == 0, done.stderr
    text = "".join(str(cell.value) for row in load_workbook(out).worksheets[0].iter_rows() for cell in row)
    assert "65亿元" in text
    refused = luoshi(county, "bulletin", "--month", "2023-09", "-o", tmp_path / "通报.docx")
    assert refused.returncode == 3
    assert "没有开启过填报" in refused.stderr


def test_a_reviewed_document_leaves_as_annotation_lines(luoshi, county, tmp_path):
    path, out = tmp_path / "文件.txt", tmp_path / "标注.zip"
    path.write_text(TEXT, "utf-8")
    assert luoshi(county, "export", "--what", "annotations", "-o", out).returncode == 3
    assert luoshi(county, "adopt", path, "--yes").returncode == 0
    done = luoshi(county, "export", "--what", "annotations", "-o", out)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(out) as archive:
        text = archive.read("文件.txt").decode()
        lines = [json.loads(line) for line in archive.read("文件.gold.jsonl").decode().splitlines()]
    assert lines
    assert all(text[line["start"] : line["end"]] == line["quote"] for line in lines)
    refused = luoshi(county, "export", "--what", "annotations", "--document", "没有.txt", "-o", out)
    assert refused.returncode == 3
    assert "现有：文件.txt" in refused.stderr


def test_a_forgotten_password_is_made_anew_and_shown_once(luoshi, county):
    done = luoshi(county, "accounts", "--reset", "ducha")
    assert done.returncode == 0
    assert "新密码：" in done.stdout
    assert luoshi(county, "accounts", "--reset", "nobody").returncode == 3


def test_a_taken_port_is_refused(luoshi, county):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = luoshi(county, "serve", "--port", taken.getsockname()[1])
    assert done.returncode == 3
    assert "端口不能使用" in done.stderr
