"""luoshi assign and luoshi progress on a home of their own."""

from __future__ import annotations

import json

import pytest

TEXT = (
    "试验县2023年重点任务\n一、工业方面\n1.做强工业。完成工业投资65亿元以上。\n2.稳定就业。新增城镇就业5000人以上。\n"
)
TABLE = "序号|任务|牵头单位|责任单位|完成时限\n1|做强工业|县政府办|县发改局|年底前\n2|稳定就业|县政府办||10月底前\n9|种树|县政府办||\n"


@pytest.fixture
def planned(luoshi, county, tmp_path):
    path = tmp_path / "文件.txt"
    path.write_text(TEXT, "utf-8")
    assert luoshi(county, "adopt", path, "--yes").returncode == 0
    return county


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "分解表.txt"
    path.write_text(TABLE, "utf-8")
    return path


def test_a_dry_run_shows_every_row_and_changes_nothing(luoshi, planned, table):
    done = luoshi(planned, "assign", table, "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "将交办　表第3行　第2项稳定就业" in done.stdout
    assert "完成时限：（空） → 2023年10月31日" in done.stdout
    assert "未配对1行，待补正1行，将交办1行。" in done.stdout
    assert luoshi(planned, "assign", table, "--dry-run").stdout == done.stdout


def test_open_rows_are_named_by_row_and_column_and_nothing_is_assigned(luoshi, planned, table):
    done = luoshi(planned, "assign", table, "--yes")
    assert done.returncode == 3
    assert "表第2行“责任单位”：“县发改局”不在单位名录中" in done.stderr
    assert "表第4行“事项”：没有配对。" in done.stderr
    assert "将交办1行" in luoshi(planned, "assign", table, "--dry-run").stdout


def test_the_rows_that_are_ready_are_assigned_in_one_act_and_only_once(luoshi, planned, table):
    assert luoshi(planned, "assign", table, "--partial").returncode == 2  # nobody can be asked
    done = luoshi(planned, "assign", table, "--partial", "--yes")
    assert done.stdout.endswith("已一次交办2项。\n")
    again = luoshi(planned, "assign", table, "--partial", "--yes")
    assert "各行都与现在的交办一致，没有需要办理的。" in again.stdout
    assert luoshi(planned, "verify").returncode == 0


def test_a_file_without_responsibilities_or_text_is_refused(luoshi, planned, tmp_path):
    for content in (b"", "下雨了。".encode()):
        path = tmp_path / "空.txt"
        path.write_bytes(content)
        assert luoshi(planned, "assign", path, "--yes").returncode == 3


def test_progress_lists_statements_with_candidates_and_reports_nothing(luoshi, planned, table, tmp_path):
    luoshi(planned, "assign", table, "--partial", "--yes")
    path = tmp_path / "进展.txt"
    path.write_text("截至6月底，已新增城镇就业2800人，占年度目标的56%。", "utf-8")
    shown = luoshi(planned, "progress", path, "--month", "2023-06").stdout
    assert "截至2023-06-30　2800人　占目标56%" in shown
    assert "可能是：第2项　新增城镇就业" in shown
    (one,) = json.loads(luoshi(planned, "progress", path, "--format", "json").stdout)
    assert (one["as_of"], one["value"], one["unit"], one["share"]) == ("2023-06-30", "2800", "人", "56%")
    assert one["candidates"][0]["value"] == "2800"
    assert luoshi(planned, "progress", path, "--body", "县某局").returncode == 2
