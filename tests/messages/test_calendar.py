"""The calendar: RFC 5545's folding and escaping, and events that move when their day does."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from luoshi.messages.calendar import calendar, escaped, folded
from luoshi.store.queries.deadlines import Deadline

NOW = datetime(2023, 9, 28, 2, 3, 4, tzinfo=UTC)
ONE = Deadline("turn:x", date(2023, 9, 30), "督办单：反馈办理情况", ("todo",))


def test_a_deadline_is_a_whole_day_in_china_with_its_page():
    assert calendar("云岭县任务时限", [ONE], "https://luoshi.example.cn", NOW).split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Luoshi//Luoshi 0.1//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:云岭县任务时限",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "BEGIN:VEVENT",
        "UID:97016dadd1ff9a4d7bdca0a2d1e62467@luoshi",
        "DTSTAMP:20230928T020304Z",
        "DTSTART;VALUE=DATE:20230930",
        "DTEND;VALUE=DATE:20231001",
        "SUMMARY:督办单：反馈办理情况",
        "URL:https://luoshi.example.cn/todo/",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_an_event_keeps_its_name_when_its_day_moves_and_two_have_two():
    later = dataclasses.replace(ONE, day=date(2023, 10, 8), title="改了")
    other = dataclasses.replace(ONE, key="turn:y")
    names = [
        next(line for line in calendar("名", [each], "http://a", NOW).split("\r\n") if line.startswith("UID:"))
        for each in (ONE, later, other)
    ]
    assert names[0] == names[1] != names[2]


def test_what_would_end_a_value_is_escaped():
    assert escaped("a;b,c\\d\r\ne\nf\rg\x00\x1b") == "a\\;b\\,c\\\\d\\ne\\nf\\ng"


def test_a_line_of_76_octets_is_folded_and_one_of_75_is_not():
    assert folded("x" * 75) == "x" * 75
    assert folded("x" * 76) == "x" * 75 + "\r\n x"
    # 8 octets of SUMMARY: and 22 characters of three are 74; the 23rd would be the 77th
    assert folded("SUMMARY:" + "政" * 30) == "SUMMARY:" + "政" * 22 + "\r\n " + "政" * 8


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_unfolding_gives_the_line_back_and_no_piece_is_too_long_or_breaks_a_character(text):
    line = escaped(text)
    found = folded(line)
    assert found.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in found.split("\r\n"))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_title_can_bring_a_property_of_its_own(text):
    whole = calendar(text, [dataclasses.replace(ONE, title=f"{text}\nBEGIN:VEVENT\r\n{text}")], "http://a", NOW)
    lines = whole.replace("\r\n ", "").split("\r\n")
    assert len(lines) == 19
    assert lines.count("BEGIN:VEVENT") == 1
