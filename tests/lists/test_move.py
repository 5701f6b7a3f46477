"""Deciding a move: the order of refusals, rights by the tree, four eyes, values, clocks; applying it."""

import dataclasses
import re
from datetime import date
from decimal import Decimal

import pytest

from luoshi.lists.entry import Change, Clock, Entry
from luoshi.lists.load import read_definition
from luoshi.lists.move import Birth, apply, decide, permitted
from luoshi.people.roster import Roster
from luoshi.terms.refusal import Refusal

DESK, HEAD, SUPERVISOR = ("desk_officer", "fgj"), ("unit_head", "fgj"), ("supervisor", "fb")
REPORT = {"commitment": "target:1", "period": "2023-09", "body": "fgj", "value": "12.5", "text": "完成投资12.5亿元"}


@pytest.fixture
def report(definitions):
    return definitions["report"]


@pytest.fixture
def submitted(report, as_of):
    return apply(None, decide(report, Birth("r1", "p1"), "submit", REPORT, as_of(DESK)))


@pytest.fixture
def problem(definitions):
    return definitions["problem"]


@pytest.fixture
def filed(problem, as_of):
    typed = {"text": "征地受阻", "origin": "自查", "body": "fgj"}
    return apply(None, decide(problem, Birth("q1", "p1"), "file", typed, as_of(DESK)))


def test_no_post_reaches_beyond_its_county(problem, filed, as_of):
    """A supervisor's grant names no body: the county alone bounds it."""
    typed = {"body": "fgj", "due_on": "2023-11-30"}
    assert isinstance(decide(problem, filed, "assign", typed, as_of(SUPERVISOR, county="p1")), Change)
    _refused(decide(problem, filed, "assign", typed, as_of(SUPERVISOR, county="p2")), "lists.other_county", 403)
    plan = Birth("problem:330624-2023:0001", "330624-2023")
    born = {"text": "征地受阻", "origin": "自查", "body": "fgj"}
    assert isinstance(decide(problem, plan, "file", born, as_of(SUPERVISOR, county="330624")), Change)
    _refused(decide(problem, plan, "file", born, as_of(SUPERVISOR, county="330683")), "lists.other_county", 403)


def _done(definition, entry, move, typed, circumstances, reason=""):
    change = decide(definition, entry, move, typed, circumstances, reason)
    assert isinstance(change, Change), change
    return apply(entry, change)


def _refused(found, identity, status):
    assert isinstance(found, Refusal), found
    assert (found.id, found.status) == (identity, status)
    assert found.message.endswith("。")
    assert not re.search(r"[,;:?!()]", found.message)
    return found


def test_opening_states_everything_that_was_said_and_nothing_else(report, as_of):
    circumstances = as_of(DESK)
    change = decide(report, Birth("r1", "p1"), "submit", {**REPORT, "problem": " "}, circumstances)
    assert change.values == {**REPORT, "value": Decimal("12.5")}
    assert (change.fact, change.from_state, change.to_state) == ("report.submitted", "", "submitted")
    assert (change.entry, change.plan, change.list, change.definition) == ("r1", "p1", "report", report.version)
    assert (change.account, change.body, change.entry_version) == ("li", "fgj", 0)
    assert (change.occurred_on, change.recorded_at) == (date(2023, 9, 30), circumstances.moment.recorded_at)


def test_a_move_the_list_does_not_have_is_unknown(report, submitted, as_of):
    _refused(decide(report, submitted, "burn", {}, as_of(SUPERVISOR)), "lists.unknown_move", 404)


def test_a_move_on_nothing_needs_an_entry_first(report, as_of):
    _refused(decide(report, Birth("r1", "p1"), "sign", {}, as_of(HEAD)), "lists.not_opened", 404)


def test_an_entry_is_opened_once(report, submitted, as_of):
    _refused(decide(report, submitted, "submit", REPORT, as_of(DESK)), "lists.wrong_state", 409)


def test_a_wrong_state_is_said_before_anything_else(report, submitted, as_of):
    found = _refused(decide(report, submitted, "accept", {"nonsense": 1}, as_of()), "lists.wrong_state", 409)
    assert found.message == "当前状态为“待签发”，不能“采信”。"
    assert found.data == {"state": "submitted"}


def test_a_missing_right_is_said_before_bad_values(report, submitted, as_of):
    found = _refused(decide(report, submitted, "resubmit", {"value": "多"}, as_of(HEAD)), "people.no_right", 403)
    assert found.message == "您没有“重报”的权限，此项由经办人办理。"


def test_all_bad_values_are_named_at_once_each_field_once(report, as_of):
    typed = {"commitment": "target:1", "period": "九月", "body": "fgj", "value": "12亿", "colour": "红"}
    found = _refused(decide(report, Birth("r1", "p1"), "submit", typed, as_of(DESK)), "lists.bad_values", 422)
    assert found.message == "有3处需要修改。"
    assert [(error.field, error.message) for error in found.errors] == [
        ("period", "“月份”应填期别，如2023年9月。"),
        ("value", "“本月累计”应填数字，不带单位。"),
        ("colour", "“填报”不能填写“colour”。"),
    ]


def test_one_bad_value_is_the_message_itself(report, as_of):
    typed = {**REPORT, "period": ""}
    found = _refused(decide(report, Birth("r1", "p1"), "submit", typed, as_of(DESK)), "lists.bad_values", 422)
    assert found.message == "请填写“月份”。"


def test_an_opening_move_with_a_list_of_fields_sets_no_others(report, as_of):
    typed = {**REPORT, "return_code": "unclear"}
    found = _refused(decide(report, Birth("r1", "p1"), "submit", typed, as_of(DESK)), "lists.bad_values", 422)
    assert found.message == "“填报”不能填写“退回原因”。"


def test_a_move_that_sets_nothing_takes_no_values(report, submitted, as_of):
    found = _refused(
        decide(report, submitted, "sign", {"value": "99"}, as_of(HEAD, account="wu")), "lists.bad_values", 422
    )
    assert found.message == "“签发”不能填写“本月累计”。"


@pytest.mark.parametrize(
    ("body", "message"), [("", "请填写“填报单位”。"), ("县某局", "“填报单位”所填的“县某局”不在单位名录中。")]
)
def test_who_forgot_the_body_is_told_so_and_not_that_the_right_is_missing(report, as_of, body, message):
    found = _refused(
        decide(report, Birth("r1", "p1"), "submit", {**REPORT, "body": body}, as_of(DESK)), "lists.bad_values", 422
    )
    assert found.message == message


def test_another_body_is_a_matter_of_right(report, as_of):
    typed = {**REPORT, "body": "jtj"}
    _refused(decide(report, Birth("r1", "p1"), "submit", typed, as_of(DESK)), "people.no_right", 403)
    _refused(decide(report, Birth("r1", "p1"), "submit", {**REPORT, "body": ""}, as_of(HEAD)), "people.no_right", 403)


def test_a_body_may_be_given_by_any_of_its_names(report, as_of):
    change = decide(report, Birth("r1", "p1"), "submit", {**REPORT, "body": "县发改局"}, as_of(DESK))
    assert change.values["body"] == "fgj"


def test_bodies_given_twice_by_code_and_name_are_one(definitions, as_of):
    typed = {
        "name": "共富工坊",
        "kind": "任务",
        "cooperating_bodies": ["fgj", "县发改局", "县教体局"],
        "lead_body": None,
    }
    typed["kind"] = "task"
    change = decide(definitions["task"], Birth("t1", "p1"), "adopt", typed, as_of(SUPERVISOR))
    assert change.values["cooperating_bodies"] == ("fgj", "jtj")
    assert "lead_body" not in change.values


def test_registers_and_counties_not_yet_set_up_may_name_bodies_that_are_still_to_come(definitions, report, as_of):
    post = {"body": "new", "role": "auditor"}
    assert isinstance(decide(definitions["post"], Birth("p9", "p1"), "establish", post, as_of(SUPERVISOR)), Change)
    circumstances = as_of(DESK, roster=Roster())
    assert isinstance(decide(report, Birth("r1", "p1"), "submit", REPORT, circumstances), Change)


def test_a_bureau_acts_for_its_offices_and_the_post_acted_from_is_kept(report, as_of):
    typed = {**REPORT, "body": "tzk"}
    assert decide(report, Birth("r1", "p1"), "submit", typed, as_of(DESK)).body == "fgj"
    _refused(
        decide(report, Birth("r1", "p1"), "submit", REPORT, as_of(("desk_officer", "tzk"))), "people.no_right", 403
    )


TRANSFER = """\
list: matter
label: 事项
source: {adr: "1"}
fields:
  body: {type: body, label: 单位, required: true}
  note: {type: text, label: 说明, required: true}
  given: {type: text, label: 编号, fixed: true}
states:
  open: 在办
  closed: {label: 办结, closed: true}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor}
  transfer: {label: 移交, fact: transferred, from: "*", by: {role: desk_officer, of: body}, sets: [body, note]}
  close: {label: 办结, fact: closed, from: open, to: closed, by: supervisor}
  reopen: {label: 重启, fact: reopened, from: closed, to: open, by: supervisor, reason: required}
"""


@pytest.fixture
def matter():
    definition, findings = read_definition(TRANSFER, "matter.yaml")
    assert findings == ()
    return definition


@pytest.fixture
def open_matter(matter, as_of):
    typed = {"body": "fgj", "note": "一", "given": "1号"}
    return apply(None, decide(matter, Birth("m1", "p1"), "file", typed, as_of(SUPERVISOR)))


def test_nobody_gains_a_right_by_typing_a_body_into_the_move_itself(matter, open_matter, as_of):
    stranger = as_of(("desk_officer", "jtj"))
    _refused(decide(matter, open_matter, "transfer", {"body": "jtj"}, stranger), "people.no_right", 403)
    assert _done(matter, open_matter, "transfer", {"body": "jtj"}, as_of(DESK))["body"] == "jtj"


def test_what_is_required_cannot_be_emptied_later(matter, open_matter, as_of):
    found = decide(matter, open_matter, "transfer", {"note": " "}, as_of(DESK))
    assert _refused(found, "lists.bad_values", 422).message == "请填写“说明”。"


def test_any_state_means_any_that_is_not_closed(matter, open_matter, as_of):
    closed = _done(matter, open_matter, "close", {}, as_of(SUPERVISOR))
    _refused(decide(matter, closed, "transfer", {"body": "jtj"}, as_of(DESK)), "lists.wrong_state", 409)
    assert permitted(matter, closed, as_of(DESK).actor, as_of().roster) == ()
    reopened = _done(matter, closed, "reopen", {}, as_of(SUPERVISOR), "群众反映未解决")
    assert reopened.state == "open"


def test_a_state_the_definition_no_longer_has_still_takes_moves_from_any(matter, open_matter, as_of):
    lost = dataclasses.replace(open_matter, state="gone")
    assert isinstance(decide(matter, lost, "transfer", {"note": "二"}, as_of(DESK)), Change)
    assert "“gone”" in decide(matter, lost, "close", {}, as_of(SUPERVISOR)).message


def test_a_fixed_field_may_be_repeated_and_not_changed(matter, open_matter, as_of):
    loose = dataclasses.replace(matter.moves["transfer"], sets=("given",))
    definition = dataclasses.replace(matter, moves={**matter.moves, "transfer": loose})
    assert decide(definition, open_matter, "transfer", {"given": "1号"}, as_of(DESK)).values == {}
    found = decide(definition, open_matter, "transfer", {"given": "2号"}, as_of(DESK))
    assert _refused(found, "lists.bad_values", 422).message == "“编号”一经设立不能更改。"


def test_what_does_not_change_is_not_stated_again(report, submitted, as_of):
    typed = {"value": "12.50", "text": "完成投资13亿元"}
    assert decide(report, submitted, "resubmit", typed, as_of(DESK)).values == {"text": "完成投资13亿元"}


def test_the_one_who_filled_does_not_sign(report, submitted, as_of):
    found = decide(report, submitted, "sign", {}, as_of(DESK, HEAD, account="li"))
    assert _refused(found, "lists.same_person", 403).message == "“填报”与“签发”不能由同一人办理。"
    assert _done(report, submitted, "sign", {}, as_of(HEAD, account="wu")).state == "signed"


def test_only_moves_this_person_may_make_are_offered(report, submitted, as_of):
    roster = as_of().roster
    both = as_of(DESK, HEAD, account="li").actor
    assert [move.name for move in permitted(report, submitted, both, roster)] == ["resubmit", "hold_back"]
    head = as_of(HEAD, account="wu").actor
    assert [move.name for move in permitted(report, submitted, head, roster)] == ["sign", "hold_back"]
    assert permitted(report, submitted, as_of().actor, roster) == ()


def test_a_reason_is_asked_for_and_kept(report, submitted, as_of):
    found = decide(report, submitted, "hold_back", {}, as_of(HEAD), "  ")
    assert _refused(found, "lists.bad_values", 422).message == "请写明“退回经办”的理由。"
    assert decide(report, submitted, "hold_back", {}, as_of(HEAD), " 数字有误 ").reason == "数字有误"
    found = decide(report, submitted, "hold_back", {}, as_of(HEAD), "数字\x00有误")
    assert _refused(found, "lists.bad_values", 422).message == "理由里有无法保存的字符，请重新输入。"


def test_a_problem_is_cured_with_steps_and_closed_by_another(problem, filed, as_of):
    assigned = _done(problem, filed, "assign", {"due_on": "2023-10-31"}, as_of(SUPERVISOR, on=date(2023, 3, 10)))
    assert assigned.clocks == {"cure": Clock(date(2023, 3, 10), date(2023, 10, 31), date(2023, 10, 31))}
    found = decide(problem, assigned, "cure", {}, as_of(DESK))
    assert _refused(found, "lists.bad_values", 422).message == "请填写“整改措施”。"
    cured = _done(problem, assigned, "cure", {"steps": "已签约", "evidence": ["e1"]}, as_of(DESK, on=date(2023, 4, 1)))
    assert cured.clocks["cure"].stopped_on == date(2023, 4, 1)
    _refused(decide(problem, cured, "close", {}, as_of(DESK, SUPERVISOR)), "lists.same_person", 403)
    reopened = _done(problem, cured, "reopen", {}, as_of(SUPERVISOR, account="wu"), "佐证不足")
    assert reopened.clocks["cure"].stopped_on is None
    assert reopened.clocks["cure"].due_on == date(2023, 10, 31)


def test_an_unknown_holiday_calendar_refuses_the_move_and_says_the_year(definitions, as_of):
    typed = {"matter": "征地", "origin": "meeting", "demand": "报送进展", "lead_body": "fgj", "due_on": "2080-05-01"}
    found = decide(
        definitions["supervision"], Birth("s1", "p1"), "issue", typed, as_of(SUPERVISOR, on=date(2080, 4, 1))
    )
    assert "2080年" in _refused(found, "lists.unknown_calendar", 409).message


def test_applying_refuses_what_does_not_follow(report, submitted, as_of):
    change = decide(report, submitted, "sign", {}, as_of(HEAD, account="wu"))
    with pytest.raises(ValueError, match="never opened"):
        apply(None, change)
    with pytest.raises(ValueError, match="does not follow"):
        apply(apply(submitted, change), change)
    with pytest.raises(ValueError, match="does not follow"):
        apply(dataclasses.replace(submitted, id="r2"), change)


def test_applying_leaves_the_former_entry_as_it_was(report, submitted, as_of):
    before = dataclasses.replace(submitted, values=dict(submitted.values))
    after = _done(report, submitted, "resubmit", {"value": "13"}, as_of(DESK))
    assert submitted == before
    assert (after.version, after["value"], after.doings["resubmit"].account) == (2, Decimal(13), "li")


def test_the_number_comes_with_the_opening_even_where_that_sets_some_fields_only(as_of):
    text = """
list: note
label: 记录
numbering: "{serial}号"
source: {adr: x}
fields:
  number: {type: text, label: 编号, fixed: true, indexed: true}
  name: {type: text, label: 名称, required: true}
  more: {type: text, label: 其他}
states: {open: 在办}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor, sets: name}
"""
    definition, findings = read_definition(text, "note.yaml")
    assert definition, findings
    circumstances = as_of(("supervisor", "fgj"))
    opened = decide(definition, Birth("note:p1:1", "p1"), "file", {"number": "1号", "name": "甲"}, circumstances)
    assert dict(opened.values) == {"number": "1号", "name": "甲"}
    refused = decide(definition, Birth("note:p1:1", "p1"), "file", {"name": "甲", "more": "乙"}, circumstances)
    assert refused.id == "lists.bad_values"


LATER = """\
list: matter
label: 事项
source: {adr: 试用}
fields:
  name: {type: text, label: 名称, required: true}
  due_on: {type: date, label: 时限}
  wanted_on: {type: date, label: 申请延至}
states: {open: 在办, asked: 待批}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor, after: {due_on: today}}
  ask: {label: 申请延期, fact: asked, from: open, to: asked, by: supervisor, sets: wanted_on, needs: wanted_on, after: {wanted_on: due_on}}
  grant: {label: 同意延期, fact: granted, from: asked, to: open, by: supervisor, sets: due_on, needs: due_on, after: {due_on: due_on}}
"""


@pytest.fixture
def later():
    definition, findings = read_definition(LATER, "matter.yaml")
    assert findings == ()
    return definition


def made(later, entry, move, typed, circumstances):
    found = decide(later, entry, move, typed, circumstances)
    return found if isinstance(found, Refusal) else apply(entry if isinstance(entry, Entry) else None, found)


def test_a_day_must_be_after_the_day_of_the_act(later, as_of):
    now = as_of(SUPERVISOR)
    day = now.moment.occurred_on.isoformat()
    refused = made(later, Birth("m1", "p1"), "file", {"name": "甲", "due_on": day}, now)
    assert [error.field for error in refused.errors] == ["due_on"]
    assert "“时限”应晚于办理当日" in refused.message
    assert made(later, Birth("m1", "p1"), "file", {"name": "甲", "due_on": "2099-01-01"}, now).state == "open"
    assert made(later, Birth("m1", "p1"), "file", {"name": "甲"}, now).state == "open", "none is no early one"


def test_an_extension_is_asked_and_granted_to_a_later_day(later, as_of):
    now = as_of(SUPERVISOR)
    entry = made(later, Birth("m1", "p1"), "file", {"name": "甲", "due_on": "2099-01-20"}, now)
    assert "应晚于“时限”（2099年1月20日）" in made(later, entry, "ask", {"wanted_on": "2099-01-10"}, now).message
    asked = made(later, entry, "ask", {"wanted_on": "2099-02-10"}, now)
    assert "应晚于原“时限”" in made(later, asked, "grant", {"due_on": "2099-01-20"}, now).message, "as it came"
    assert "应晚于原“时限”" in made(later, asked, "grant", {}, now).message
    assert made(later, asked, "grant", {"due_on": "2099-02-10"}, now).state == "open"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("after: {due_on: today}", "after: {name: today}", "name"),
        ("after: {due_on: today}", "after: {due_on: tody}", "是否应为“today”"),
        ("after: {wanted_on: due_on}", "after: {wantd_on: due_on}", "是否应为“wanted_on”"),
        ("after: {wanted_on: due_on}", "after: {}", "after"),
    ],
)
def test_a_mistake_about_later_days_is_told(old, new, said):
    definition, findings = read_definition(LATER.replace(old, new, 1), "matter.yaml")
    assert definition is None
    assert any(said in str(finding) for finding in findings), [str(finding) for finding in findings]
