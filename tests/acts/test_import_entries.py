"""A move made by a workbook: typed cells, all or nothing, every bad cell named, nothing doubled."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from county import EDUCATION, HARBOUR, PLAN, PLANNING, acting, at, desk_of
from openpyxl import Workbook, load_workbook

from luoshi.acts.allocate_target import Part, allocate_target
from luoshi.acts.import_entries import import_entries, import_template
from luoshi.store import definitions
from luoshi.store.entries import find, find_where
from luoshi.terms.refusal import Refused

HEADS = (
    "问题描述*",
    "所涉事项",
    "来源*",
    "原问题（反弹）",
    "整改单位",
    "发现日期",
    "整改目标",
    "整改措施",
    "整改时限",
    "反弹日期",
)


@pytest.fixture
def supervisor(running):
    return running.supervisor(9, 20)


def template(context, move="file", shown=None):
    definition = definitions.current("problem")
    return import_template(context, definition, definition.moves[move], shown)


def filled(context, *rows, move="file", shown=None):
    """The template with these rows, cells by head."""
    book = load_workbook(io.BytesIO(template(context, move, shown)))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    first = 2 if shown is None else sheet.max_row + 1
    for number, row in enumerate(rows, first):
        for head, value in row.items():
            sheet.cell(number, heads.index(head) + 1, value)
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row(text, body="发改局", **more):
    return {"问题描述*": text, "来源*": "督查发现", "整改单位": body, **more}


def refusal_of(context, content, move="file"):
    with pytest.raises(Refused) as found:
        import_entries(context, "problem", PLAN, move, content)
    return found.value.refusal


def test_a_formula_without_a_result_is_named(supervisor):
    content = filled(supervisor, row("甲", 发现日期="=TODAY()"))
    with pytest.raises(Refused) as refused:
        import_entries(supervisor, "problem", PLAN, "file", content)
    assert "公式" in refused.value.refusal.errors[0].message


def test_a_workbook_that_unpacks_beyond_the_limits_is_not_opened(supervisor):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_000)
    with pytest.raises(Refused) as refused:
        import_entries(supervisor, "problem", PLAN, "file", out.getvalue())
    assert "压缩比异常" in refused.value.refusal.errors[0].message


def test_the_template_has_the_fields_of_the_move_with_drop_downs(supervisor):
    book = load_workbook(io.BytesIO(template(supervisor)))
    sheet = book.worksheets[0]
    assert tuple(cell.value for cell in sheet[1]) == HEADS, "files and what acts fill in have no column"
    rules = {str(rule.sqref).split(":")[0]: rule for rule in sheet.data_validations.dataValidation}
    assert rules["C2"].formula1 == "choices_origin"
    assert rules["F2"].type == "date"
    options = book["选项"]
    assert options.sheet_state == "hidden"
    assert "督查发现" in [cell.value for cell in options["A"]]
    assert "发改局" in [cell.value for cell in options["B"]]
    assert [sheet.title for sheet in book] == ["问题清单·登记", "选项", "说明"]


def test_rows_become_entries_with_names_of_bodies_and_days_as_excel_keeps_them(supervisor):
    content = filled(supervisor, row("用地手续不全", 发现日期=date(2023, 9, 3)), row("材料不齐", "云岭县教育局"))
    found = import_entries(supervisor, "problem", PLAN, "file", content)
    assert (found.done, found.unchanged) == (2, 0)
    first, second = find_where(PLAN, "problem")
    assert (first["text"], first["body"], first["found_on"]) == ("用地手续不全", PLANNING, date(2023, 9, 3))
    assert second["body"] == EDUCATION


def test_the_same_file_once_more_doubles_nothing(supervisor):
    content = filled(supervisor, row("用地手续不全"), row("材料不齐"))
    import_entries(supervisor, "problem", PLAN, "file", content)
    more = filled(supervisor, row("用地手续不全"), row("材料不齐"), row("新的问题"), row("新的问题"))
    found = import_entries(supervisor, "problem", PLAN, "file", more)
    assert (found.done, found.unchanged) == (1, 3)
    assert len(find_where(PLAN, "problem")) == 3


def test_a_check_counts_and_keeps_nothing(supervisor):
    content = filled(supervisor, row("用地手续不全"))
    assert import_entries(supervisor, "problem", PLAN, "file", content, dry_run=True).done == 1
    assert not find_where(PLAN, "problem")


def test_every_bad_cell_is_named_and_nothing_is_kept(supervisor):
    content = filled(
        supervisor,
        row("好的"),
        row("", 发现日期="九月三日"),
        {"问题描述*": "来源没填", "整改单位": "没有的局"},
        row("坏来源", **{"来源*": "道听途说"}),
    )
    found = refusal_of(supervisor, content)
    where = {error.field for error in found.errors}
    assert where == {"问题清单·登记!A3", "问题清单·登记!F3", "问题清单·登记!C4", "问题清单·登记!C5"}
    assert "道听途说" in " ".join(error.message for error in found.errors)
    unknown = refusal_of(supervisor, filled(supervisor, row("单位没有", "没有的局")))
    assert [error.field for error in unknown.errors] == ["E2"]
    assert not find_where(PLAN, "problem")


def test_references_lead_to_entries_of_the_plan(supervisor):
    content = filled(supervisor, row("所指不存在", 所涉事项="task:330624-2023:0001"))
    assert [error.field for error in refusal_of(supervisor, content).errors] == ["B2"]


def test_columns_may_be_moved_and_added_but_not_lost(supervisor):
    book = load_workbook(io.BytesIO(filled(supervisor, row("用地手续不全"))))
    sheet = book.worksheets[0]
    sheet.insert_cols(1)
    sheet["A1"], sheet["A2"] = "我的备注", "随便"
    assert import_entries(supervisor, "problem", PLAN, "file", saved(book)).done == 1
    sheet["D1"] = "别的"
    found = refusal_of(supervisor, saved(book))
    assert "来源" in found.errors[0].message


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_is_refused(supervisor, content):
    assert "xlsx" in refusal_of(supervisor, content).errors[0].message


def test_an_empty_workbook_lacks_its_columns(supervisor):
    assert "缺少栏目" in refusal_of(supervisor, saved(Workbook())).errors[0].message


def test_a_desk_officer_files_for_its_own_unit_only(supervisor):
    officer = acting(desk_of(PLANNING), at(9, 21))
    found = refusal_of(officer, filled(officer, row("自己的"), row("别人的", "教育局")))
    assert [error.field for error in found.errors] == ["第3行"]
    assert import_entries(officer, "problem", PLAN, "file", filled(officer, row("自己的"))).done == 1


def opened(context, *texts):
    content = filled(context, *(row(text) for text in texts))
    import_entries(context, "problem", PLAN, "file", content)
    return [(entry, entry["text"]) for entry in find_where(PLAN, "problem")]


def test_marked_entries_are_moved_and_the_others_stay(supervisor):
    shown = opened(supervisor, "甲", "乙", "丙")
    book = load_workbook(io.BytesIO(template(supervisor, "assign", shown)))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert heads == ["条目编号", "版本", "条目", "办理", "整改单位", "整改目标", "整改时限"]
    assert [sheet.cell(2, heads.index("整改单位") + 1).value, sheet.protection.sheet] == ["发改局", True]
    for number in (2, 4):
        sheet.cell(number, heads.index("办理") + 1, "是")
        sheet.cell(number, heads.index("整改时限") + 1, date(2023, 11, 1))
    found = import_entries(supervisor, "problem", PLAN, "assign", saved(book))
    assert (found.done, found.unchanged) == (2, 1)
    assert [entry.state for entry in find_where(PLAN, "problem")] == ["assigned", "filed", "assigned"]
    stale = refusal_of(supervisor, saved(book), "assign")
    assert [error.field for error in stale.errors] == ["B2", "B4"]


def test_what_a_move_needs_is_named_by_its_cell(supervisor):
    shown = opened(supervisor, "甲")
    book = load_workbook(io.BytesIO(template(supervisor, "assign", shown)))
    sheet = book.worksheets[0]
    sheet["D2"] = "是"
    assert [error.field for error in refusal_of(supervisor, saved(book), "assign").errors] == ["G2"]


@pytest.mark.parametrize(
    ("name", "move"), [("problem", "cure"), ("problem", "fly"), ("report", "accept"), ("plan", "draw_up")]
)
def test_moves_with_files_or_acts_of_their_own_take_no_workbook(supervisor, name, move):
    with pytest.raises(Refused) as found:
        import_entries(supervisor, name, PLAN, move, b"")
    assert found.value.refusal.id == "acts.not_importable"


def test_a_numbered_list_numbers_its_rows(supervisor):
    """Supervision slips are issued by an act of their own; a list of the county's own numbers what a workbook opens."""
    from luoshi.acts.numbering import free_numbers

    numbers = free_numbers(supervisor, PLAN, definitions.current("supervision"))
    assert [next(numbers)[-3:] for _ in range(2)] == ["〕1号", "〕2号"]


def test_withdrawing_by_a_workbook_relieves_who_was_charged(running):
    """As on the page: nobody answers any more for what was withdrawn, nor for its parts."""
    context = running.supervisor(3, 1)
    entries = [running.target(name) for name in ("完成固定资产投资", "建成绿色工厂")]
    [part] = allocate_target(context, entries[0].id, [Part(HARBOUR, Decimal(1), "临港部分")])
    definition = definitions.current("target")
    shown = [(find(entry.id), entry.id) for entry in (*entries, part)]
    book = load_workbook(io.BytesIO(import_template(context, definition, definition.moves["withdraw"], shown)))
    sheet = book.worksheets[0]
    heads = [str(cell.value).rstrip("*") for cell in sheet[1]]
    for line in range(2, sheet.max_row + 1):
        if sheet.cell(line, 1).value:
            sheet.cell(line, heads.index("办理") + 1, "是")
            sheet.cell(line, heads.index("理由") + 1, f"理由{line}")
    assert import_entries(context, "target", PLAN, "withdraw", saved(book)).done == 3
    gone = [entry.id for entry, _ in shown]
    assert {find(name).state for name in gone} == {"withdrawn"}
    charges = [each for name in gone for each in find_where(PLAN, "responsibility", commitment=name)]
    assert charges
    assert {each.state for each in charges} == {"relieved"}
