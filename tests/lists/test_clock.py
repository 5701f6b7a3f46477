"""Clocks against the worked vectors of domain.md §0.6, §1.1 and §5.3."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.clock import (
    NotExtendable,
    UnknownCalendar,
    after_move,
    clock_in,
    clock_out,
    due_on,
    earlier,
    standing,
)
from luoshi.lists.definition import ClockRule, Definition, Escalation, Length
from luoshi.lists.entry import Clock
from luoshi.lists.holiday import is_working_day
from luoshi.lists.load import read_definition
from luoshi.terms.source import Source


def _rule(length, unit="days", counts="calendar", **more):
    return ClockRule("cure", "整改时限", "assign", ("close",), length, unit, counts, **more)


@pytest.mark.parametrize(
    ("start", "length", "unit", "counts", "due"),
    [
        # Labour Day 29 April – 3 May is off, Saturday 6 May is made up: 27, 28 April, 4, 5, 6 May
        ("2023-04-26", 5, "days", "working", "2023-05-06"),
        # 20–23 April: make-up Sunday 23 is worked: 21, 23–28 (7), 4–6 May (10), 8–12 (15), 15–19 (20)
        ("2023-04-20", 20, "days", "working", "2023-05-19"),
        ("2023-03-10", 60, "days", "calendar", "2023-05-09"),  # 21 days of March, 30 of April, 9 of May
        ("2023-05-09", 30, "days", "calendar", "2023-06-08"),  # extended once
        ("2023-03-01", 15, "days", "calendar", "2023-03-16"),
        ("2023-06-01", 30, "days", "calendar", "2023-07-01"),  # objection to a conclusion
        ("2023-06-20", 30, "days", "calendar", "2023-07-20"),  # decision on it
        ("2022-11-30", 3, "months", "calendar", "2023-02-28"),  # no 30 February: the last day (Art. 202)
        ("2023-11-30", 3, "months", "calendar", "2024-02-29"),
    ],
)
def test_the_day_of_the_start_is_not_counted(start, length, unit, counts, due):
    assert due_on(_rule(length, unit, counts), date.fromisoformat(start), is_working_day) == date.fromisoformat(due)


@pytest.mark.parametrize(
    ("start", "due", "rolled"),
    [
        ("2023-06-01", "2023-07-01", "2023-07-03"),  # a Saturday → Monday
        ("2023-05-11", "2023-06-10", "2023-06-12"),
        ("2023-08-11", "2023-09-10", "2023-09-11"),
    ],
)
def test_a_due_day_that_is_not_worked_rolls_on_only_where_the_rule_says_so(start, due, rolled):
    day = date.fromisoformat(start)
    assert due_on(_rule(30), day, is_working_day) == date.fromisoformat(due)
    assert due_on(_rule(30, roll="next_working_day"), day, is_working_day) == date.fromisoformat(rolled)


@pytest.mark.parametrize("start", [date(1999, 5, 1), date(2080, 1, 4), date(2003, 12, 20)])
def test_a_year_without_a_known_calendar_is_said_and_not_guessed(start):
    with pytest.raises(UnknownCalendar, match="年的放假安排尚未载入"):
        due_on(_rule(5, counts="working"), start, is_working_day)


@given(st.dates(date(2005, 1, 1), date(2025, 6, 1)), st.integers(1, 60))
def test_working_days_are_never_fewer_than_calendar_days_and_grow_with_the_length(start, length):
    worked = due_on(_rule(length, counts="working"), start, is_working_day)
    assert worked >= due_on(_rule(length), start, is_working_day)
    assert is_working_day(worked)
    assert due_on(_rule(length + 1, counts="working"), start, is_working_day) > worked
    assert sum(is_working_day(start + timedelta(days=i)) for i in range(1, (worked - start).days + 1)) == length


def _definition(**more):
    rule = _rule(10, **more)
    return Definition("problem", "问题", "v", Source(), {}, {}, {}, {"cure": rule})


def test_a_clock_starts_with_its_move_and_stops_once():
    definition, day = _definition(), date(2023, 9, 1)
    started = after_move(definition, {}, "assign", day, is_working_day)
    assert started == {"cure": Clock(day, date(2023, 9, 11), date(2023, 9, 11))}
    stopped = after_move(definition, started, "close", date(2023, 9, 5), is_working_day)
    assert stopped["cure"].stopped_on == date(2023, 9, 5)
    assert after_move(definition, stopped, "close", date(2023, 9, 6), is_working_day) == {}
    assert after_move(definition, {}, "close", day, is_working_day) == {}
    assert after_move(definition, started, "amend", day, is_working_day) == {}


def test_a_clock_started_again_while_it_runs_keeps_its_first_due_day():
    definition = _definition()
    first = after_move(definition, {}, "assign", date(2023, 9, 1), is_working_day)
    again = after_move(definition, first, "assign", date(2023, 9, 8), is_working_day)
    assert again["cure"] == Clock(date(2023, 9, 8), date(2023, 9, 18), date(2023, 9, 11))


def test_a_clock_started_after_it_stopped_is_a_new_one():
    definition = _definition()
    stopped = {"cure": Clock(date(2023, 9, 1), date(2023, 9, 11), date(2023, 9, 11), date(2023, 9, 5))}
    again = after_move(definition, stopped, "assign", date(2023, 10, 8), is_working_day)
    assert again["cure"] == Clock(date(2023, 10, 8), date(2023, 10, 18), date(2023, 10, 18))


def test_a_returned_matter_runs_on_to_its_old_due_day():
    definition = _definition(resumes=("reopen",))
    stopped = {"cure": Clock(date(2023, 9, 1), date(2023, 9, 11), date(2023, 9, 11), date(2023, 9, 5))}
    resumed = after_move(definition, stopped, "reopen", date(2023, 9, 20), is_working_day)
    assert resumed["cure"] == Clock(date(2023, 9, 1), date(2023, 9, 11), date(2023, 9, 11))
    assert after_move(definition, resumed, "reopen", date(2023, 9, 21), is_working_day) == {}
    assert after_move(definition, {}, "reopen", date(2023, 9, 21), is_working_day) == {}


def test_a_petition_is_put_off_once_by_thirty_days():
    # domain.md §5.3: accepted 03-10, 60 days → 05-09; extended by 30 days → 06-08 (Art. 34)
    rule = ClockRule("answer", "办理期限", "accept", ("close",), 60, extends={"extend": Length(30)})
    definition = Definition("petition", "信访", "v", Source(), {}, {}, {}, {"answer": rule})
    running = after_move(definition, {}, "accept", date(2023, 3, 10), is_working_day)
    extended = after_move(definition, running, "extend", date(2023, 5, 4), is_working_day)
    assert extended["answer"] == Clock(date(2023, 3, 10), date(2023, 6, 8), date(2023, 5, 9), extensions=1)
    with pytest.raises(NotExtendable, match="最多延长1次"):
        after_move(definition, extended, "extend", date(2023, 6, 1), is_working_day)
    closed = after_move(definition, running, "close", date(2023, 5, 2), is_working_day)
    with pytest.raises(NotExtendable, match="已经停止计时"):
        after_move(definition, closed, "extend", date(2023, 5, 4), is_working_day)


def _hearing(counts):
    more = {"suspends": ("hear",), "continues": ("heard",)}
    return Definition("review", "复核", "v", Source(), {}, {}, {}, {"cure": _rule(30, counts=counts, **more)})


def test_the_time_of_a_hearing_does_not_count():
    # domain.md §5.3, Art. 36: 30 days from 03-01 → 03-31; heard 03-10 … 03-20, ten days → 04-10
    definition = _hearing("calendar")
    running = after_move(definition, {}, "assign", date(2023, 3, 1), is_working_day)
    paused = after_move(definition, running, "hear", date(2023, 3, 10), is_working_day)
    assert paused["cure"].suspended_on == date(2023, 3, 10)
    assert after_move(definition, paused, "hear", date(2023, 3, 12), is_working_day) == {}
    resumed = after_move(definition, paused, "heard", date(2023, 3, 20), is_working_day)
    assert resumed["cure"] == Clock(date(2023, 3, 1), date(2023, 4, 10), date(2023, 3, 31))
    assert after_move(definition, resumed, "heard", date(2023, 3, 22), is_working_day) == {}


def test_a_suspension_in_working_days_gives_back_working_days():
    # 04-28 (Fri) … 05-05 (Fri): of those only 4 and 5 May are worked, so two working days are given back
    definition = _hearing("working")
    running = after_move(definition, {}, "assign", date(2023, 4, 20), is_working_day)
    paused = after_move(definition, running, "hear", date(2023, 4, 28), is_working_day)
    resumed = after_move(definition, paused, "heard", date(2023, 5, 5), is_working_day)
    due = running["cure"].due_on
    assert resumed["cure"].due_on > due
    assert sum(is_working_day(due + timedelta(days=n)) for n in range(1, (resumed["cure"].due_on - due).days + 1)) == 2


def test_a_clock_can_run_to_a_day_the_entry_names():
    rule = ClockRule("finish", "办结时限", "issue", ("close",), 0, due="due_on")
    definition = Definition("slip", "督办", "v", Source(), {}, {}, {}, {"finish": rule})
    day, due, put_off = date(2023, 9, 1), date(2023, 9, 20), date(2023, 10, 10)
    assert after_move(definition, {}, "issue", day, is_working_day, {}) == {}
    running = after_move(definition, {}, "issue", day, is_working_day, {"due_on": due})
    assert running == {"finish": Clock(day, due, due)}
    moved = after_move(definition, running, "extend", date(2023, 9, 10), is_working_day, {"due_on": put_off})
    assert moved["finish"] == Clock(day, put_off, due, extensions=1)
    assert after_move(definition, moved, "note", date(2023, 9, 11), is_working_day, {"due_on": put_off}) == {}


WARNED = _rule(
    10,
    warn=(Length(7), Length(1)),
    escalates=(Escalation(Length(0), "催办", ()), Escalation(Length(3, "working days"), "通报", ())),
)
RUNNING = Clock(date(2023, 9, 1), date(2023, 9, 11), date(2023, 9, 11))


@pytest.mark.parametrize(
    ("today", "state", "left", "warning", "escalated"),
    [
        ("2023-09-03", "running", 8, None, []),
        ("2023-09-04", "running", 7, Length(7), []),
        ("2023-09-10", "running", 1, Length(1), []),
        ("2023-09-11", "running", 0, Length(1), []),  # the due day itself is in time
        ("2023-09-12", "overdue", -1, None, ["催办"]),
        ("2023-09-14", "overdue", -3, None, ["催办", "通报"]),  # 12, 13, 14 September are worked
    ],
)
def test_a_clock_warns_before_its_day_and_escalates_after_it(today, state, left, warning, escalated):
    found = standing(WARNED, RUNNING, date.fromisoformat(today), is_working_day)
    assert (found.state, found.left, found.warning) == (state, left, warning)
    assert [step.label for step in found.escalations] == escalated


def test_a_stopped_clock_was_met_or_late_and_a_suspended_one_waits():
    day = date(2023, 12, 1)
    stopped = [Clock(*[RUNNING.started_on, RUNNING.due_on, RUNNING.first_due_on], date(2023, 9, n)) for n in (11, 12)]
    assert [standing(WARNED, clock, day, is_working_day).state for clock in stopped] == ["met", "late"]
    suspended = Clock(RUNNING.started_on, RUNNING.due_on, RUNNING.first_due_on, suspended_on=date(2023, 9, 5))
    assert standing(WARNED, suspended, day, is_working_day).state == "suspended"


@pytest.mark.parametrize(
    ("stopped", "today", "state", "left"),
    [
        (None, date(2023, 9, 11), "running", 0),  # the last day
        (None, date(2023, 9, 12), "lapsed", None),
        (date(2023, 9, 11), date(2023, 12, 1), "met", None),
        (date(2023, 9, 12), date(2023, 12, 1), "lapsed", None),
    ],
)
def test_a_window_that_is_over_makes_nobody_late(stopped, today, state, left):
    window = Clock(RUNNING.started_on, RUNNING.due_on, RUNNING.first_due_on, stopped)
    found = standing(_rule(10, lapses=True), window, today, is_working_day)
    assert (found.state, found.left, found.escalations) == (state, left, ())


def test_a_warning_in_working_days_comes_before_the_holiday():
    # due Friday 6 October 2023 (a day off); the working day before it is 28 September
    assert earlier(date(2023, 10, 6), Length(1, "working days"), is_working_day) == date(2023, 9, 28)
    assert earlier(date(2023, 3, 31), Length(1, "months"), is_working_day) == date(2023, 2, 28)


@given(
    st.dates(date(2020, 1, 1), date(2025, 1, 1)),
    st.integers(0, 40),
    st.integers(0, 40),
    st.sampled_from(["calendar", "working"]),
)
def test_a_suspension_never_takes_time_away(start, wait, pause, counts):
    definition = _hearing(counts)
    running = after_move(definition, {}, "assign", start, is_working_day)
    begun, ended = start + timedelta(days=wait), start + timedelta(days=wait + pause)
    paused = {**running, **after_move(definition, running, "hear", begun, is_working_day)}
    resumed = after_move(definition, paused, "heard", ended, is_working_day)["cure"]
    assert running["cure"].due_on <= resumed.due_on
    assert resumed.first_due_on == running["cure"].first_due_on


@given(st.builds(Clock, *[st.dates()] * 3, st.none() | st.dates(), st.none() | st.dates(), st.integers(0, 3)))
def test_a_clock_is_written_and_read_back(clock):
    assert clock_in(clock_out(clock)) == clock


@pytest.mark.parametrize(
    "data", [None, [], {}, {"started_on": "2023-01-01"}, {"started_on": "x", "due_on": "x", "first_due_on": "x"}]
)
def test_what_is_no_clock_is_not_read(data):
    with pytest.raises(ValueError, match=r"not a clock|Invalid isoformat"):
        clock_in(data)


BY_KIND = """
list: order
label: 工单
source: {adr: x}
fields:
  kind: {type: choice, label: 类别, of: {question: 咨询, help: 求助, complaint: 投诉}}
states: {open: 在办, done: {label: 办结, closed: true}}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor}
  close: {label: 办结, fact: closed, from: open, to: done, by: supervisor}
clocks:
  answer: {label: 期限, starts: file, stops: close, by: kind, lengths: {question: 1 day, complaint: 2 months}, length: 5 days, counts: calendar}
"""


@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("question", "2023-07-04"),  # 3 July + 1
        ("complaint", "2023-09-03"),  # + 2 months
        ("help", "2023-07-08"),  # no length of its own: + 5
        (None, "2023-07-08"),
    ],
)
def test_a_clock_is_as_long_as_what_the_entry_says(kind, due):
    definition, findings = read_definition(BY_KIND, "order.yaml")
    assert definition, findings
    started = after_move(definition, {}, "file", date(2023, 7, 3), lambda _: True, {"kind": kind})
    assert started["answer"].due_on.isoformat() == due


def test_what_has_no_length_has_no_clock():
    text = BY_KIND.replace("complaint: 2 months}, length: 5 days", "complaint: 2 months, help: 5 days}")
    definition, findings = read_definition(text, "order.yaml")
    assert definition, findings
    assert after_move(definition, {}, "file", date(2023, 7, 3), lambda _: True, {}) == {}


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("by: kind, ", "", "要成对写"),
        ("by: kind", "by: kin", "是否应为“kind”"),
        ("question: 1 day", "questoin: 1 day", "是否应为“question”"),
        (", length: 5 days", "", "为“求助”时，没有写“期限”多长"),
        ("length: 5 days", "due: kind", "要么写length"),
        ("{type: choice, label: 类别, of: {question: 咨询, help: 求助, complaint: 投诉}}", "{type: text, label: 类别}", "须是选项"),
    ],
)  # fmt: skip
def test_mistakes_about_lengths_by_a_choice_are_named(written, instead, said):
    assert written in BY_KIND
    _, findings = read_definition(BY_KIND.replace(written, instead), "order.yaml")
    assert said in " ".join(f"{finding.message}{finding.hint}" for finding in findings)
