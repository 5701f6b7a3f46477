"""Findings are values; only an error forbids using what was checked."""

import pytest

from luoshi.terms.finding import Finding, Level, has_errors


def _finding(level):
    return Finding("document.E002", level, "全文[298, 302)", "第1条未指明牵头单位。", "请补填牵头单位。")


def test_a_finding_reads_as_id_place_message_and_what_to_do():
    assert str(_finding(Level.ERROR)) == "document.E002 全文[298, 302) 第1条未指明牵头单位。请补填牵头单位。"


@pytest.mark.parametrize(
    ("levels", "forbids"),
    [((), False), ((Level.NOTE, Level.WARNING), False), ((Level.NOTE, Level.ERROR), True)],
)
def test_only_an_error_forbids_using_what_was_checked(levels, forbids):
    assert has_errors(_finding(level) for level in levels) is forbids
