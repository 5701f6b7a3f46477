"""One box over everything: Chinese substrings, what was said before, and nothing the reader may not see."""

from __future__ import annotations

from datetime import date

import pytest
from county import AUDITOR, EDUCATION, HIGH_TECH, PLAN, PLANNING, SUPERVISOR, desk_of

from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.move_entry import move_entry
from luoshi.acts.open_entry import open_entry
from luoshi.acts.submit_reports import ReportRow
from luoshi.store.models import Account, SearchText
from luoshi.store.queries.desk import desk_for
from luoshi.store.queries.search import pieces, search, terms
from luoshi.store.replay import replay
from luoshi.store.search_text import is_complete, rebuild


def found(words, account=SUPERVISOR, **named):
    return search(desk_for(Account.objects.get(username=account), date(2023, 9, 28)), words, **named)


def titles(words, account=SUPERVISOR):
    return {row["title"] for group in found(words, account)["groups"] for row in group["rows"]}


@pytest.fixture
def problems(running):
    def opened(text, body):
        typed = {"text": text, "body": body, "origin": "inspection"}
        return open_entry(running.supervisor(9, 1), "problem", PLAN, typed)

    return [opened("临港大道用地手续不全", PLANNING), opened("中心小学校舍漏雨", EDUCATION)]


def test_entries_are_found_by_any_part_of_their_words(problems):
    assert "临港大道用地手续不全" in titles("用地手续")
    assert "完成固定资产投资" in titles("固定资产")
    assert titles("没有这样的话") == set()


def test_several_words_must_all_be_there(problems):
    assert titles("临港 手续") == {"临港大道用地手续不全"}
    assert titles("临港 校舍") == set()


def test_reports_are_found_by_what_they_tell(running):
    running.open(9)
    target = running.target("完成固定资产投资").id
    running.report(9, target, value="45", text="中心污水厂二期主体完工", problem="钢材价格上涨")
    group = next(group for group in found("钢材价格")["groups"] if group["name"] == "report")
    assert "发改局2023年9月" in group["rows"][0]["title"]
    assert [piece["text"] for piece in group["rows"][0]["pieces"] if piece["mark"]] == ["钢材价格"]


def test_what_was_said_before_is_found_as_such(running, problems):
    """A reason and a value that was replaced."""
    target = running.target("建成绿色工厂").id
    move_entry(running.supervisor(9, 2), target, "amend", {"indicator": "建成零碳工厂"}, "按省里新口径调整")
    for words in ("绿色工厂", "省里新口径"):
        rows = [row for group in found(words)["groups"] for row in group["rows"] if row["id"] == target]
        assert rows, words
    assert rows[0]["is_former"]


def test_a_unit_finds_its_own_and_what_is_everybody_s(problems):
    assert "中心小学校舍漏雨" in titles("校舍", desk_of(EDUCATION))
    assert "中心小学校舍漏雨" not in titles("校舍", desk_of(HIGH_TECH))
    assert found("校舍", desk_of(HIGH_TECH))["total"] == 0, "not even counted"
    assert "中心小学校舍漏雨" in titles("校舍", AUDITOR)


def test_documents_are_found_by_those_who_review_them(running):
    assert [row["title"] for row in found("清单化抓落实")["documents"]]
    assert found("清单化抓落实", desk_of(EDUCATION))["documents"] == []


def test_too_little_finds_nothing(running):
    assert found("全")["terms"] == []
    assert found("   ")["total"] == 0
    assert found("\0\0")["total"] == 0


@pytest.mark.parametrize("words", ["100%", "a_b", "';--", "\\", "（一）", "％％"])
def test_signs_of_the_database_mean_themselves(problems, words):
    assert "临港大道用地手续不全" not in titles(words)


def test_latin_letters_are_found_in_either_case(running):
    open_entry(
        running.supervisor(9, 1), "problem", PLAN, {"text": "5G基站选址难", "body": PLANNING, "origin": "inspection"}
    )
    assert "5G基站选址难" in titles("5g基站")


@pytest.mark.parametrize(
    ("written", "wanted"),
    [("用地 手续", ["用地", "手续"]), ("５Ｇ基站", ["5G基站"]), ("一 二", []), ("甲乙，丙丁；戊", ["甲乙", "丙丁"])],
)
def test_the_words_looked_for(written, wanted):
    assert terms(written) == wanted


def test_a_piece_shows_the_place_with_its_marks():
    text = "头" * 100 + "中心污水厂" + "尾" * 200
    shown = pieces(text, ["污水"])
    assert shown[0] == {"text": "…", "mark": False}
    assert [piece["text"] for piece in shown if piece["mark"]] == ["污水"]
    assert sum(len(piece["text"]) for piece in shown) < 130


def test_kept_words_are_what_the_facts_say_and_can_be_made_anew(running, problems):
    move_entry(
        running.supervisor(9, 2), running.target("建成绿色工厂").id, "amend", {"indicator": "零碳工厂"}, "新口径"
    )
    assert list(replay()) == []
    before = list(SearchText.objects.order_by("pk").values_list())
    SearchText.objects.filter(list="target").delete()
    assert not is_complete()
    assert {finding.id for finding in replay()} == {"store.E322"}
    rebuild()
    assert is_complete()
    assert list(SearchText.objects.order_by("pk").values_list()) == before


def test_the_number_of_queries_does_not_grow_with_the_results(running, problems, django_assert_max_num_queries):
    reader = desk_for(Account.objects.get(username=SUPERVISOR), date(2023, 9, 28))
    with django_assert_max_num_queries(20) as few:
        search(reader, "用地手续")
    for number in range(30):
        open_entry(
            running.supervisor(9, 1), "problem", PLAN, {"text": f"用地手续{number}", "body": PLANNING, "origin": "self"}
        )
    with django_assert_max_num_queries(len(few)):
        search(reader, "用地手续")


def test_a_report_s_words_follow_each_new_version(running):
    running.open(9)
    target = running.target("建成绿色工厂").id
    running.submit(9, ReportRow(target, {"value": "3", "text": "初稿文字"}))
    assert found("初稿文字")["total"] == 1


def test_a_unit_finds_its_own_of_other_years_and_nobody_elses(running, problems):
    create_plan(running.supervisor(9, 2), NewPlan("999901", "云岭县", 2024, "二〇二四年重点工作"))
    desk = desk_for(Account.objects.get(username=desk_of(PLANNING)), date(2023, 9, 28), plan="999901-2024")
    assert desk.plan_id == "999901-2024"
    assert [row["id"] for group in search(desk, "用地手续")["groups"] for row in group["rows"]] == [problems[0].id]
    assert search(desk, "校舍")["total"] == 0
