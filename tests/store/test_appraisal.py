"""What bodies are appraised by, worked by hand on the invented county."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from county import EDUCATION, PLAN, PLANNING, month
from hypothesis import given
from hypothesis import strategies as st

from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.move_entry import move_entry
from luoshi.assessment import league
from luoshi.assessment.league_rules import shipped_league_rules
from luoshi.store.appraisal import Judged, contenders_from, contenders_of
from luoshi.store.leagues import appraisal_now, appraisals, league_table
from luoshi.store.models import LeagueRow, Snapshot


@pytest.fixture
def rules(db):
    return next(each for each in appraisals(None, None) if each.name == "appraisal")


def place(rules, number, body):
    return appraisal_now(PLAN, month(number), rules).place(body)


def points(rules, number, body):
    return {name: score.points for name, score in place(rules, number, body).scores.items()}


def test_a_sheet_worked_by_hand(running, rules):
    """March, due 25 %. Education leads 寄宿制学校4所 and the honour 金鼎.

    Schools: 1 of 4 reported = 25 % of 25 % due; the honour has no pace: 60 × 25/25 = 60.
    Lit months: the schools' one, green; the honour is grey (not due): 20 × 1/1 = 20.
    Reports: two were asked, one was accepted: 20 × 1/2 = 10. Together 90.
    """
    running.open(3)
    running.report(3, running.target("建成高水平寄宿制学校").id, body=EDUCATION, value="1", text="建成1所")
    assert points(rules, 3, EDUCATION) == {"pace": 60, "steady": 20, "arrived": 10}
    assert place(rules, 3, EDUCATION).shown == "90.00"


def test_what_is_ahead_of_one_does_not_make_up_for_another(running, rules):
    """March: 固定资产投资 30 of 60 is twice what is due, and counts as due; everything else is silent."""
    running.open(3)
    running.report(3, running.target("完成固定资产投资").id, value="30", text="推进")
    figure = next(c for c in contenders_of(PLAN, month(3), rules) if c.key == PLANNING).figures["pace"]
    # Held to a pace: 投资, 重点项目, 技术交易额, 绿色工厂, 就业, 养老中心, 大赛; growth, shares, 失业率 and honours are not.
    assert figure.done.amount / figure.plan.amount == Fraction(1, 7)


def test_a_body_with_nothing_due_is_judged_by_the_rest(running, rules):
    """Nothing was reported yet and nothing is lit: 按月报送 alone counts, and it is nought."""
    running.open(3)
    found = points(rules, 3, EDUCATION)
    assert found["steady"] is None
    assert found["arrived"] == 0


def test_slips_take_points_up_to_the_cap(running, rules):
    running.open(3)
    running.report(3, running.target("建成高水平寄宿制学校").id, body=EDUCATION, value="1", text="建成1所")
    for number in range(12):
        slip = {
            "matter": f"第{number}件", "origin": "report", "demand": "说明原因", "lead_body": EDUCATION, "due_on": "2023-04-20",
        }  # fmt: skip
        issue_slip(running.supervisor(3, 28), PLAN, slip)
    assert place(rules, 3, EDUCATION).total == 90 - 10
    assert len([i for i in place(rules, 3, EDUCATION).trace.inputs if i.name == "减分"]) == 12


def test_the_table_is_kept_with_the_month_and_stays_as_it_was(running, rules):
    running.open(3)
    target = running.target("建成高水平寄宿制学校").id
    running.report(3, target, body=EDUCATION, value="1", text="建成1所")
    running.close(3)
    kept = LeagueRow.objects.get(league="appraisal", period="2023-03").table
    assert '"league":"appraisal"' in Snapshot.objects.get().body.replace('\\"', '"')
    slip = {"matter": "后来的", "origin": "report", "demand": "说明", "lead_body": EDUCATION, "due_on": "2023-05-20"}
    issue_slip(running.supervisor(4, 10), PLAN, slip)
    running.open(4)
    assert LeagueRow.objects.get(league="appraisal", period="2023-03").table == kept
    assert league_table(PLAN, month(3), "appraisal").place(EDUCATION).shown == "90.00"


def test_a_withdrawn_commitment_counts_no_more(running, rules):
    running.open(3)
    before = next(c for c in contenders_of(PLAN, month(3), rules) if c.key == PLANNING).figures["pace"]
    move_entry(running.supervisor(3, 27), running.target("建成绿色工厂").id, "withdraw", {}, "不再实施")
    after = next(c for c in contenders_of(PLAN, month(3), rules) if c.key == PLANNING).figures["pace"]
    assert before.origin.startswith("13项")
    assert after.origin.startswith("12项")


def test_the_number_of_queries_does_not_grow_with_the_commitments(running, rules, django_assert_max_num_queries):
    running.open(3)
    with django_assert_max_num_queries(12):
        contenders_of(PLAN, month(3), rules)


RULES = shipped_league_rules("appraisal")
LIGHTS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(1, 12), st.booleans(), st.booleans(), st.integers(0, 150), st.booleans()),
    min_size=1,
    max_size=30,
    unique_by=lambda light: light[:2],
)
LEADS = {f"e{n}": f"b{n % 2}" for n in range(6)}


def _judged(light, more=0):
    item, number, is_lit, is_well, percent, is_accepted = light
    share = str(Decimal(percent + more) / 100)
    return Judged(f"e{item}", str(month(number)), is_lit, is_lit and is_well, share, "0.5", is_accepted)


def _table(lights, listed=None):
    found = contenders_from(LEADS, lights, listed or {}, str, month(12), RULES)
    return league.rank(RULES, found, month(12))


@given(LIGHTS, st.randoms())
def test_no_sheet_depends_on_the_order_of_lights(lights, random):
    made = [_judged(light) for light in lights]
    assert league.write_table(_table(random.sample(made, len(made)))) == league.write_table(_table(made))


@given(LIGHTS, st.integers(0, 50))
def test_more_done_never_costs_a_body_points(lights, more):
    before, after = _table(map(_judged, lights)), _table([_judged(light, more) for light in lights])
    assert all(after.place(place.key).total >= place.total for place in before.places)


@given(LIGHTS)
def test_a_sheet_adds_up_from_its_items(lights):
    """Dimensions without figures are left out, and the rest stretched to the full weight (``missing: left_out``)."""
    for place in _table(map(_judged, lights)).places:
        known = {name: score.points for name, score in place.scores.items() if score.points is not None}
        weight = sum(RULES.dimensions[name].weight for name in known)
        assert place.total == (sum(known.values()) * 100 / weight if weight else 0)
        assert 0 <= place.total <= 100
