"""The published rule sets of domain.md §1.5, as shipped, against its vector table and its snail vectors."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.assessment.rate import rate
from luoshi.assessment.read_rules import shipped_rule_set, shipped_rule_sets
from luoshi.assessment.standing import Given, Standing
from luoshi.target.actual import Actual
from luoshi.target.node import Node
from luoshi.target.target import Target
from luoshi.target.trajectory import year_by_months
from luoshi.terms.unit import Quantity

JUNE, YEAR_END = date(2023, 6, 30), date(2023, 12, 31)
PUBLISHED = (
    "yinchuan-2025-progress", "sanya-2022-project", "songyang-2022", "cangnan-2022", "ouhai-2020", "xinhuang-2015",
    "guangyuan-2018", "sanming-2017", "suqian-2025", "zaozhuang-2023", "dazu-2025", "xinchang-2019-snail",
)  # fmt: skip


def judged(name, as_of=JUNE, *, done=None, nodes=(), final=YEAR_END, previous=(), **given):
    """The word shown by a shipped set for a plan of 100, half of it due at the end of June."""
    reported, started = given.pop("has_report", True), given.pop("is_started", True)
    actual = None if done is None else Actual(Quantity.of(done, "个"), as_of)
    standing = Standing(
        Target.of("at_least", 100, "个"), final, actual, year_by_months(2023), nodes, reported, started,
        previous=previous, given={key: Given(value) for key, value in given.items()},
    )  # fmt: skip
    return rate(standing, shipped_rule_set(name), as_of)


TABLE = [
    # done of expected 50: 银川 (points), 三亚 (ratio), 新晃 (month quota 50), default five — domain.md §1.5
    ("56", "绿灯", "绿牌", "正常", "蓝"),
    ("50", "绿灯", "绿牌", "正常", "绿"),
    ("45", "绿灯", "黄牌", "正常", "黄"),
    ("40", "黄灯", "黄牌", "正常", "橙"),  # 80 % is not below 80 %
    ("35", "黄灯", "黄牌", "重点跟踪", "红"),
    ("20", "黄灯", "红牌", "黄牌", "红"),
    ("19", "红灯", "红牌", "黄牌", "红"),
    ("25", "黄灯", "黄牌", "黄牌", "红"),  # 含50%
]


@pytest.mark.parametrize(("done", "yinchuan", "sanya", "xinhuang", "five"), TABLE)
def test_the_vector_table_of_the_field(done, yinchuan, sanya, xinhuang, five):
    assert judged("yinchuan-2025-progress", done=done).word == yinchuan
    assert judged("sanya-2022-project", done=done).word == sanya
    assert judged("xinhuang-2015", month_done=done, month_quota="50").word == xinhuang
    assert judged("five-colour", done=done).word == five


def test_where_yinchuan_says_nothing_it_is_green_with_a_note():
    light = judged("yinchuan-2025-progress", done="45")  # −5 points: −10 < gap < 0 has no rule
    assert (light.rule, light.says, light.word) == ("slightly_below", "略低于序时", "绿灯")
    assert "（原文未规定，本系统补充）" in light.trace.steps[-1].text
    assert "完成比例 − 序时进度 = 45.00% − 50.00%" in [step.text for step in light.trace.steps]


def test_twelve_published_sets_are_shipped_with_a_source_and_a_legend_of_their_own():
    assert set(PUBLISHED) < set(shipped_rule_sets())
    for name in shipped_rule_sets():
        rules = shipped_rule_set(name)
        assert rules.name == name
        assert rules.source.is_verified
        assert all(colour.word and colour.meaning and colour.shape for colour in rules.colours.values())


def test_the_same_colour_means_praise_here_and_a_first_warning_there():
    assert "表扬" in shipped_rule_set("zaozhuang-2023").colours["blue"].meaning
    assert "提醒" in shipped_rule_set("sanming-2017").colours["blue"].meaning


@pytest.mark.parametrize("name", [n for n in shipped_rule_sets() if shipped_rule_set(n).judges == "progress"])
def test_no_progress_set_lights_an_unreported_month(name):
    rules = shipped_rule_set(name)
    light = judged(name, done="10", has_report=False, is_started=False)
    assert not rules.colours[light.colour].counts
    assert light.tone == "grey"


@pytest.mark.parametrize(
    ("started", "previous", "as_of", "reason", "word"),
    [
        (True, (), JUNE, "false", "绿灯"),
        (False, (), date(2023, 5, 31), "false", "灰"),  # planned in June
        (False, (), JUNE, "false", "黄灯"),
        (False, ("yellow",), date(2023, 7, 31), "false", "黄灯"),
        (False, ("yellow", "yellow"), date(2023, 8, 31), "false", "红灯"),
        (False, ("yellow", "green"), date(2023, 8, 31), "false", "黄灯"),
        (False, ("yellow", "yellow"), date(2023, 8, 31), "true", "绿灯"),
    ],
)
def test_yinchuan_start_turns_red_after_three_months(started, previous, as_of, reason, word):
    light = judged(
        "yinchuan-2025-start",
        as_of,
        is_started=started,
        previous=previous,
        planned_start_on="2023-06-20",
        has_reason=reason,
    )
    assert light.word == word


@pytest.mark.parametrize(("paid", "word"), [("60", "绿灯"), ("55", "绿灯"), ("49.99", "红灯")])
def test_yinchuan_payment(paid, word):
    light = judged("yinchuan-2025-payment", paid_percent=paid, planned_percent="60", required_percent="50")
    assert light.word == word


@pytest.mark.parametrize(
    ("as_of", "registered", "word"),
    [
        (date(2023, 4, 29), "false", "灰"),
        (date(2023, 4, 30), "false", "黄灯"),
        (date(2023, 5, 30), "false", "黄灯"),  # two months, not more
        (date(2023, 5, 31), "false", "红灯"),
        (date(2023, 5, 31), "true", "绿灯"),
    ],
)
def test_yinchuan_registration(as_of, registered, word):
    light = judged("yinchuan-2025-registration", as_of, started_on="2023-03-30", is_registered=registered)
    assert light.word == word


@pytest.mark.parametrize(
    ("done", "previous", "word"),
    [("10", ("yellow",), "绿牌"), ("9", (), "黄牌"), ("9", ("yellow",), "红牌"), ("9", ("yellow", "green"), "黄牌")],
)
def test_sanya_districts_turn_red_at_the_second_month_missed(done, previous, word):
    light = judged("sanya-2022-district", previous=previous, month_done=done, month_quota="10")
    assert light.word == word


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"month_done": "10", "month_quota": "10"}, "正常"),
        ({"month_done": "9", "month_quota": "10"}, "黄灯"),
        ({"month_done": "10", "month_quota": "10", "quarter_done": "29", "quarter_quota": "30"}, "红灯"),
        ({"month_done": "10", "month_quota": "10", "warning_card": "yellow_card"}, "黄灯"),
        ({"month_done": "10", "month_quota": "10", "warning_card": "red_card"}, "红灯"),
        ({}, "灰"),
    ],
)
def test_songyang_month_yellow_quarter_red(given, word):
    assert judged("songyang-2022", **given).word == word


@pytest.mark.parametrize(
    ("done", "place", "word"),
    [("10", "30", "绿灯"), ("9", "27", "黄灯"), ("9", "28", "红灯"), ("9", "30", "红灯")],
)
def test_cangnan_is_red_for_a_miss_among_the_last_three(done, place, word):
    light = judged("cangnan-2022", month_done=done, month_quota="10", month_place=place, ranked="30")
    assert light.word == word


@pytest.mark.parametrize(
    ("given", "late", "word"),
    [
        ({"is_slow": "false"}, False, "正常"),
        ({"is_slow": "true", "reachability": "reachable"}, False, "黄牌"),
        ({"is_slow": "false", "reachability": "reachable"}, True, "黄牌"),
        ({"reachability": "hard"}, True, "红牌"),
        ({"is_slow": "true"}, True, "灰"),  # not assessed yet
    ],
)
def test_guangyuan_asks_whether_it_can_still_be_reached(given, late, word):
    due = date(2023, 6, 1 if late else 30)
    assert judged("guangyuan-2018", nodes=(Node("整改", due, Fraction(1)),), **given).word == word


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({}, "不发单"),
        ({"is_slow": "true"}, "蓝单"),
        ({"is_slow": "true", "is_very_urgent": "true"}, "橙单"),
        ({"open_slip": "blue_slip", "slip_due_on": "2023-06-30"}, "蓝单"),  # due today, not late
        ({"open_slip": "blue_slip", "slip_due_on": "2023-06-29"}, "橙单"),
        ({"open_slip": "blue_slip", "slip_due_on": "2023-06-29", "has_reason": "true"}, "蓝单"),
        ({"open_slip": "orange_slip", "slip_due_on": "2023-06-29"}, "红单"),
        ({"open_slip": "orange_slip", "slip_due_on": "2023-07-29"}, "橙单"),
        ({"open_slip": "red_slip"}, "红单"),
        ({"open_slip": "red_slip", "is_closed": "true"}, "不发单"),
    ],
)
def test_sanming_slips_climb_from_blue_to_orange_to_red(given, word):
    assert judged("sanming-2017", **given).word == word


@pytest.mark.parametrize(
    ("done", "final", "poor", "word"),
    [
        ("60", YEAR_END, "false", "不发单"),
        ("49", YEAR_END, "false", "黄单"),
        ("60", YEAR_END, "true", "黄单"),
        ("60", date(2023, 7, 7), "false", "蓝单"),
        ("60", date(2023, 7, 8), "false", "不发单"),
        ("60", date(2023, 6, 29), "false", "红单"),
        ("100", date(2023, 6, 29), "false", "不发单"),
    ],
)
def test_suqian_slips_warn_behind_and_overdue(done, final, poor, word):
    assert judged("suqian-2025", done=done, final=final, is_poor=poor).word == word


@pytest.mark.parametrize(
    ("place", "before", "word"),
    [("1", "5", "蓝牌"), ("3", "1", "蓝牌"), ("5", "5", "不亮牌"), ("9", "10", "黄牌"), ("10", "9", "红牌")],
)
def test_zaozhuang_praises_the_first_and_warns_the_last(place, before, word):
    assert judged("zaozhuang-2023", month_place=place, last_place=before, ranked="10").word == word


@pytest.mark.parametrize(
    ("done", "accepted", "word"),
    [
        ("29.9", "false", "红"),
        ("30", "false", "橙"),
        ("50", "false", "黄"),
        ("80", "false", "绿"),
        ("100", "false", "绿"),
        ("100", "true", "蓝"),
    ],
)
def test_dazu_goes_by_the_share_done(done, accepted, word):
    assert judged("dazu-2025", done=done, is_accepted=accepted).word == word


@pytest.mark.parametrize(("done", "word"), [("50", "达序时"), ("49.99", "未达序时")])
def test_two_values_only(done, word):
    assert judged("two-value", done=done).word == word


PRELIMINARY = {"stage": "preliminary", "is_behind_plan": "true"}
STARTED = {"stage": "started", "has_missed_quantity": "true"}


def snail(**given):
    light = judged("xinchang-2019-snail", **given)
    return light.word, light.rule


def test_snail_project_a_enters_when_named_twice_before_its_start():
    # named in March and May, 前期: two times by the second quarter's decision (domain.md §1.5)
    assert snail(**PRELIMINARY, named_on=("2023-03-31", "2023-05-31")) == ("入池", "preliminary_named")
    assert snail(**PRELIMINARY, named_on=("2023-03-31",))[0] == "未入池"
    assert snail(**PRELIMINARY, named_on=("2022-12-31", "2023-05-31"))[0] == "未入池"  # counted in the year


def test_snail_project_b_is_not_named_in_two_months_running():
    assert snail(**STARTED, named_on=("2023-03-31", "2023-05-31"))[0] == "未入池"
    assert snail(**STARTED, named_on=("2023-04-30", "2023-05-31")) == ("入池", "quantity_named")


def test_snail_project_b_enters_by_a_finish_199_days_late():
    # planned 2023-06-30, forecast 2024-01-15; six months are reached on 2023-12-30
    late = {"planned_finish_on": "2023-06-30", "finish_forecast_on": "2024-01-15"}
    assert snail(**STARTED, **late) == ("入池", "finish_late")
    assert snail(**STARTED, planned_finish_on="2023-06-30", finish_forecast_on="2023-12-29")[0] == "未入池"
    assert snail(**STARTED, planned_finish_on="2023-06-30", finish_forecast_on="2023-12-30")[0] == "入池"


def test_snail_lateness_goes_by_today_when_today_is_later_than_the_forecast():
    assert snail(planned_start_on="2023-03-30", start_forecast_on="2023-05-01") == ("入池", "start_late")
    assert snail(planned_start_on="2023-03-31", start_forecast_on="2023-05-01") == ("入池", "start_late")  # clamped
    assert snail(planned_start_on="2023-04-01", start_forecast_on="2023-05-01")[0] == "未入池"
    assert snail(planned_start_on="2023-01-10", started_on="2023-04-09")[0] == "未入池"  # it has started


@pytest.mark.parametrize("reason", ["is_criticised", "has_serious_fault", "lags_higher_plan"])
def test_snail_has_reasons_that_suffice_alone(reason):
    assert snail(**{reason: "true"})[0] == "入池"
    assert snail(**{reason: "false"})[0] == "未入池"


@pytest.mark.parametrize(
    ("name", "words"),
    [("five-colour", {"已完成"}), ("suqian-2025", {"已完成"}), ("songyang-2022", set())],
)
def test_a_rule_set_knows_the_words_of_finished_work(name, words):
    # songyang measures months and quarters and has no rule for what is done altogether
    assert shipped_rule_set(name).finished_words == words


BY_PROGRESS = ("five-colour", "yinchuan-2025-progress", "sanya-2022-project", "dazu-2025", "two-value", "suqian-2025")
BY_QUOTA = ("xinhuang-2015", "sanya-2022-district", "songyang-2022", "cangnan-2022", "ouhai-2020")


def _place(name, light):
    return list(shipped_rule_set(name).colours).index(light.colour)


@given(st.sampled_from(BY_PROGRESS), st.integers(0, 1200), st.integers(0, 1200))
def test_by_no_published_set_is_more_done_a_worse_light(name, one, other):
    less, more = sorted((one, other))
    given_values = {"is_accepted": "false"} if name == "dazu-2025" else {}
    given_values |= {"is_poor": "false"} if name == "suqian-2025" else {}
    lights = [judged(name, done=Fraction(n, 10), **given_values) for n in (less, more)]
    assert _place(name, lights[1]) <= _place(name, lights[0])


@given(st.sampled_from(BY_QUOTA), st.integers(0, 120), st.integers(0, 120))
def test_by_no_published_set_is_more_of_the_quota_a_worse_light(name, one, other):
    places = {"month_place": "5", "ranked": "30"} if name == "cangnan-2022" else {}
    less, more = (judged(name, month_done=str(n), month_quota="100", **places) for n in sorted((one, other)))
    assert _place(name, more) <= _place(name, less)
