"""A county's own ledger in mid-year: columns mapped once, rows matched with reasons, figures laid as drafts only."""

from __future__ import annotations

import io
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import orjson
import pytest
from county import EDUCATION, PLAN, PLANNING, SUPERVISOR, County, acting, at, desk_of, head_of, month
from django.db import connections
from openpyxl import Workbook

from luoshi.acts import import_ledger as module
from luoshi.acts.handle_reports import accept_reports, correct_report, sign_reports
from luoshi.acts.import_ledger import (
    correct_by_ledger,
    decide_matches,
    hand_over_assignments,
    import_ledger,
    keep_ledger,
    map_columns,
    review_ledger,
    saved_roles,
)
from luoshi.acts.import_reports import Wish
from luoshi.acts.ledger_workbook import LEFT_OUT, suggested
from luoshi.acts.review_table import table_review
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.store.entries import find, find_where
from luoshi.store.models import Account, Draft
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.month_sheet import month_sheet
from luoshi.terms.refusal import Refused

MARCH = month(3)
HEADS = ("序号", "工作目标", "牵头单位", "责任领导", "截至3月底完成数", "完成情况", "存在的问题", "经费")
ROWS = (
    (1, "完成固定资产投资60亿元以上", "发改局", "副县长甲", "15.5亿元", "一批项目开工。", "", "一"),
    (2, "实施重点项目36个以上", "发改局", "副县长甲", 9, "开工9个。", "用地未批。", "二"),
    (None, "民生类", None, None, None, None, None, None),
    (7, "建成高水平寄宿制学校4所", "教育局", "副县长乙", 1, "一所封顶。", "", ""),
    (8, "修建跨海大桥引桥工程", "教育局", "副县长乙", 1, "开工。", "", ""),
    (None, "合计", None, None, 26.5, None, None, None),
)


def ledger(rows=ROWS, heads=HEADS, build=lambda sheet: None):
    book = Workbook()
    sheet = book.active
    sheet.append(["某县2023年重点工作台账"])
    sheet.merge_cells("A1:H1")
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    build(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def office():
    return acting(SUPERVISOR, at(3, 26))


def read():
    return month_sheet(desk_for(Account.objects.get(username=SUPERVISOR), date(2023, 3, 26)), MARCH)


@pytest.fixture
def open_month(running):
    """The county with March open."""
    running.open(3)
    return running


def mapped(content=None):
    """A ledger taken in with the roles that are suggested."""
    digest = keep_ledger(office(), PLAN, "台账.xlsx", content or ledger())
    table = review_ledger(office(), PLAN, digest).table
    map_columns(office(), PLAN, digest, {c.index: c.role for c in table.columns}, (table.title, table.head))
    return digest


def taken(digest, **wish):
    return import_ledger(office(), PLAN, digest, MARCH, read, Wish(**wish))


def target(words):
    return next(entry.id for entry in find_where(PLAN, "target") if words in str(entry["indicator"]))


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("工作目标", "task"),
        ("牵头单位", "lead"),
        ("完成情况", "text"),
        ("进度", "rate"),
        ("责任领导", "leader"),
        ("截至9月底完成数", "value"),
        ("截至目前完成值", "value"),
        ("本月累计（亿元）", "value"),
        ("牵头\n责任单位", "lead"),
        ("下一步打算", "next_step"),
        ("经费", ""),
    ],
)
def test_columns_are_suggested_by_what_counties_call_them(head, role):
    assert suggested(head, {})[0] == role


def test_each_column_is_shown_with_its_suggestion_and_samples(open_month):
    digest = keep_ledger(office(), PLAN, "台账.xlsx", ledger())
    table = review_ledger(office(), PLAN, digest).table
    assert (table.title, table.head) == ("Sheet", 2)
    found = {column.name: (column.role, column.samples[:1]) for column in table.columns}
    assert found["截至3月底完成数"] == ("value", ("15.5亿元",))
    assert found["经费"] == ("", ("一",))
    assert table.notes == ["第5行只有“民生类”，当作分块标题，没有读。", "第8行是合计行，没有读。"]


def test_a_mapping_is_kept_and_used_for_the_next_ledger(open_month):
    digest = keep_ledger(office(), PLAN, "台账.xlsx", ledger())
    table = review_ledger(office(), PLAN, digest).table
    roles = {c.index: "problem" if c.name == "经费" else "" if c.role == "problem" else c.role for c in table.columns}
    map_columns(office(), PLAN, digest, roles, (table.title, table.head))
    assert saved_roles("999901")["经费"] == "problem"
    again = keep_ledger(office(), PLAN, "四月台账.xlsx", ledger(ROWS[:2]))
    columns = {column.name: (column.role, column.why) for column in review_ledger(office(), PLAN, again).table.columns}
    assert columns["经费"] == ("problem", "上次选定")


def test_rows_are_matched_with_reasons_and_the_unmatched_are_named(open_month):
    review = review_ledger(office(), PLAN, mapped())
    assert review.matches["r3"].entry == target("固定资产投资")
    assert review.matches["r3"].candidates[0].reasons
    assert review.matches["r7"].entry == ""
    result = taken(mapped(), dry_run=True)
    assert [text.partition("“")[0] for text in result.unmatched] == ["第7行"]
    assert not Draft.objects.filter(sheet__startswith="report:").exists()


def test_figures_become_drafts_of_the_units_and_nothing_is_submitted(open_month):
    result = taken(mapped())
    assert result.done.changed == 3
    assert not find_where(PLAN, "report")
    drafts = {row.body: orjson.loads(row.content) for row in Draft.objects.filter(sheet__startswith="report:")}
    cells = drafts[PLANNING][target("固定资产投资")]
    assert (cells["value"], cells["text"]) == ("15.5", "一批项目开工。")
    assert set(drafts) == {PLANNING, EDUCATION}
    assert taken(mapped()).done.changed == 0


def test_a_newer_ledger_updates_what_an_older_one_laid(open_month):
    taken(mapped())
    newer = ((*ROWS[0][:4], "16亿元", *ROWS[0][5:]), *ROWS[1:])
    assert taken(mapped(ledger(newer))).done.changed == 1
    content = Draft.objects.get(sheet__startswith="report:", body=PLANNING).content
    assert orjson.loads(content)[target("固定资产投资")]["value"] == "16"


def test_figures_of_another_month_are_not_taken_for_this_one(open_month):
    heads = [*HEADS[:4], "截至2月底完成数", *HEADS[5:]]
    with pytest.raises(Refused) as refused:
        taken(mapped(ledger(heads=heads)))
    assert refused.value.refusal.id == "acts.other_month"
    assert "截至2月底完成数" in refused.value.refusal.message


def test_a_person_chooses_another_commitment_or_leaves_a_row_out(open_month):
    digest = mapped()
    decide_matches(office(), PLAN, digest, {"r3": "", "r7": target("寄宿制学校"), "r6": ""})
    review = review_ledger(office(), PLAN, digest)
    assert review.matches["r3"].entry == ""
    result = taken(digest)
    assert result.unmatched == ()
    drafts = {row.body: orjson.loads(row.content) for row in Draft.objects.filter(sheet__startswith="report:")}
    assert drafts[EDUCATION][target("寄宿制学校")]["text"] == "开工。"


def test_an_accepted_report_is_corrected_only_by_choice_and_with_a_reason(open_month):
    name = target("固定资产投资")
    rows = [ReportRow(name, {"value": "15", "text": "按计划推进。"})]
    (report,) = submit_reports(acting(desk_of(PLANNING), at(3, 26)), PLAN, MARCH, PLANNING, rows)
    sign_reports(acting(head_of(PLANNING), at(3, 27)), [report.id])
    accept_reports(acting(SUPERVISOR, at(3, 28)), [report.id])
    result = taken(mapped())
    assert [(one.cell, one.stands, one.filled) for one in result.corrections] == [
        ("value", "15", "15.5"),
        ("text", "按计划推进。", "一批项目开工。"),
    ]
    assert str(find(report.id)["value"]) == "15"
    with pytest.raises(Refused):
        correct_by_ledger(office(), PLAN, result.corrections[:1], "")
    assert correct_by_ledger(office(), PLAN, result.corrections[:1], "台账核实") == 1
    assert str(find(report.id)["value"]) == "15.5"
    assert find(report.id)["text"] == "按计划推进。"
    with pytest.raises(Refused) as refused:
        correct_by_ledger(office(), PLAN, result.corrections[:1], "台账核实")
    assert refused.value.refusal.id == "acts.changed_meanwhile"


def test_a_correction_made_between_the_look_and_the_act_is_not_overwritten(open_month, monkeypatch):
    name = target("固定资产投资")
    rows = [ReportRow(name, {"value": "15", "text": "按计划推进。"})]
    (report,) = submit_reports(acting(desk_of(PLANNING), at(3, 26)), PLAN, MARCH, PLANNING, rows)
    sign_reports(acting(head_of(PLANNING), at(3, 27)), [report.id])
    accept_reports(acting(SUPERVISOR, at(3, 28)), [report.id])
    result = taken(mapped())

    def found_and_then_corrected(identity):
        held = find(identity)
        if held.id == report.id:
            correct_report(acting(SUPERVISOR, at(3, 28)), report.id, {"value": "15.2"}, "统计局核实")
        return held

    monkeypatch.setattr(module, "find", found_and_then_corrected)
    with pytest.raises(Refused) as refused:
        correct_by_ledger(office(), PLAN, result.corrections[:1], "台账核实")
    assert refused.value.refusal.status == 409
    assert str(find(report.id)["value"]) == "15"  # as before both: here they share one transaction


def test_what_a_unit_submitted_is_shown_and_left(open_month):
    rows = [ReportRow(target("固定资产投资"), {"value": "15", "text": "按计划推进。"})]
    submit_reports(acting(desk_of(PLANNING), at(3, 26)), PLAN, MARCH, PLANNING, rows)
    result = taken(mapped())
    assert [(one.stands, one.filled) for one in result.done.crossed] == [
        ("15", "15.5"),
        ("按计划推进。", "一批项目开工。"),
    ]


def test_bad_figures_are_named_by_cell_and_the_rest_taken_on_wish(open_month):
    bad = ((*ROWS[0][:4], "十几亿", *ROWS[0][5:]), *ROWS[1:])
    digest = mapped(ledger(bad))
    with pytest.raises(Refused) as refused:
        taken(digest)
    assert [error.field for error in refused.value.refusal.errors] == ["E3"]
    assert [error.field for error in taken(digest, take_good=True).done.wrong] == ["E3"]


def test_merged_bodies_hold_for_all_their_rows_and_assignments_go_to_review(open_month):
    def merge(sheet):
        sheet["C4"] = None
        sheet.merge_cells("C3:C4")

    digest = mapped(ledger(build=merge))
    hand_over_assignments(office(), PLAN, digest)
    rows = {row.where: row for row in table_review(PLAN, digest).rows}
    assert [body.name for body in rows["第4行"].bodies] == ["发改局"]
    assert rows["第3行"].leaders == ("副县长甲",)


def test_a_figure_that_only_words_state_is_read_and_told(open_month):
    heads = ("序号", "工作目标", "牵头单位", "完成情况")
    rows = (
        (1, "完成固定资产投资60亿元以上", "发改局", "1—3月，累计完成固定资产投资15.5亿元，一批项目开工。"),
        (2, "实施重点项目36个以上", "发改局", "预计实施重点项目9个左右。"),
        (7, "建成高水平寄宿制学校4所", "教育局", "一所封顶。"),
    )
    result = taken(mapped(ledger(rows, heads)))
    content = Draft.objects.get(sheet__startswith="report:", body=PLANNING).content
    drafts = orjson.loads(content)
    assert drafts[target("固定资产投资")]["value"] == "15.5"
    assert "value" not in drafts[target("重点项目")]
    assert next(note for note in result.done.notes if "读出" in note).startswith("第3行从“")
    assert not find_where(PLAN, "report")


@pytest.mark.office
def test_a_ledger_that_libreoffice_saved_says_the_same(open_month, libreoffice, tmp_path):
    def formulas(sheet):
        sheet["E3"], sheet["E4"] = "=10+5.5", "=9"
        sheet.row_dimensions[4].hidden = True

    source, out = tmp_path / "台账.xlsx", tmp_path / "out"
    source.write_bytes(ledger(build=formulas))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [libreoffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    result = taken(mapped((out / "台账.xlsx").read_bytes()))
    assert result.done.changed == 3
    assert "有2格是公式，取的是最后一次算出的结果。" in result.done.notes
    assert "第4行是隐藏的，照样读了。" in result.done.notes
    content = Draft.objects.get(sheet__startswith="report:", body=PLANNING).content
    assert orjson.loads(content)[target("固定资产投资")]["value"] == "15.5"


def test_mappings_that_cannot_be_are_refused(open_month):
    digest = keep_ledger(office(), PLAN, "台账.xlsx", ledger())
    for roles in ({1: "number"}, {2: "task", 5: "value", 6: "value"}, {2: "task", 3: "什么"}):
        with pytest.raises(Refused):
            map_columns(office(), PLAN, digest, roles, ("Sheet", 2))
    with pytest.raises(Refused):
        taken(digest)
    with pytest.raises(Refused) as refused:
        keep_ledger(acting(desk_of(PLANNING), at(3, 26)), PLAN, "台账.xlsx", ledger())
    assert refused.value.refusal.status == 403


def test_a_sheet_without_heads_is_refused_with_what_to_do(open_month):
    with pytest.raises(Refused) as refused:
        keep_ledger(office(), PLAN, "表.xlsx", ledger(rows=[("甲", 1), ("乙", 2)], heads=("一", "二")))
    assert "表头" in refused.value.refusal.message


def _at_once(does, arguments):
    def one(argument):
        try:
            does(argument)
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        list(pool.map(one, arguments))


def test_matches_chosen_at_once_are_all_kept(throwaway):
    """Each save lays one choice over those of the others; unlocked, the last to read wins."""
    County().running()
    digest = mapped()
    keys = [f"r{number}" for number in range(12)]
    _at_once(lambda key: decide_matches(office(), PLAN, digest, {key: LEFT_OUT}), keys)
    assert set(review_ledger(office(), PLAN, digest).decided) == set(keys)


def test_columns_of_several_ledgers_mapped_at_once_are_all_learnt(throwaway):
    County().running()
    heads = [("工作目标", "牵头单位", f"栏{number}") for number in range(6)]
    digests = [
        keep_ledger(office(), PLAN, f"{head[2]}.xlsx", ledger([("完成固定资产投资60亿元以上", "发改局", "1")], head))
        for head in heads
    ]

    def choose(digest):
        table = review_ledger(office(), PLAN, digest).table
        roles = {column.index: column.role or "problem" for column in table.columns}
        map_columns(office(), PLAN, digest, roles, (table.title, table.head))

    _at_once(choose, digests)
    assert {head[2] for head in heads} <= saved_roles("999901").keys()
