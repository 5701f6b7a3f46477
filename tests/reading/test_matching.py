"""Which commitment a row or a sentence can mean."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document.table import Block, arrange, lay_out
from luoshi.reading.decomposition import read_decomposition
from luoshi.reading.matching import Adopted, Matcher, match_row, match_statement, plain_words, shared_words, unit_fits
from luoshi.reading.progress import progress_statements

TRIAL = yaml.safe_load((Path(__file__).parent / "corpus" / "matching.yaml").read_text("utf-8"))
POOL = [Adopted(key, name, task, unit, "target") for key, (task, name, unit) in TRIAL["commitments"].items()]


def ranked(sentence):
    *_, statement = progress_statements(sentence, 0, len(sentence), 2023, date(2023, 9, 30))
    return [one.adopted.id for one in match_statement(Matcher(POOL), statement, sentence)]


def test_sentences_in_the_plans_own_words_find_their_commitment_first():
    first = [ranked(sentence)[:1] == [meant] for sentence, meant in TRIAL["sentences"]]
    assert sum(first) >= 39, f"{sum(first)} of {len(first)}"


def test_sentences_in_other_words_find_it_mostly_among_the_first_three():
    among = [meant in ranked(sentence)[:3] for sentence, meant in TRIAL["far"]]
    assert sum(among) >= 17, f"{sum(among)} of {len(among)}"


def candidates(words, **more):
    pool = [
        Adopted("a", "举办科技对接活动", 7, "场"),
        Adopted("b", "举办招聘会", 8, "场"),
        Adopted("c", "新增高新技术企业", 7, "家"),
        Adopted("d", "完成工业投资", 9, "亿元"),
    ]
    return Matcher(pool).candidates(words, **more)


def test_each_candidate_says_why_it_is_proposed():
    best = candidates("科技对接活动", unit="场")[0]
    assert best.adopted.id == "a"
    assert best.reasons == ("共有“科技对接活动”。", "计量单位相同（场）。")
    assert best.rules == ("reading.matching.words", "reading.matching.unit")


def test_an_alias_is_compared_as_the_word_it_stands_for():
    best = candidates("新认定高企")[0]
    assert best.adopted.id == "c"
    assert "“高企”与“高新技术企业”同义。" in best.reasons


def test_amounts_in_a_unit_that_cannot_be_converted_are_no_candidates():
    assert [one.adopted.id for one in candidates("举办科技对接活动", unit="亿元")] == []
    assert [one.adopted.id for one in candidates("工业投资", unit="万元")] == ["d"]


def test_a_named_task_number_leaves_only_that_tasks_commitments():
    assert {one.adopted.id for one in candidates("举办招聘会", item=7)} == {"a", "c"}
    assert "原文写明第7项，这是该项任务下的承诺。" in candidates("活动", item=7)[0].reasons


def test_a_task_number_that_no_commitment_has_excludes_nothing():
    assert candidates("举办招聘会", item=99)[0].adopted.id == "b"


def test_a_rows_own_number_raises_but_does_not_exclude():
    plain, raised = candidates("举办活动"), candidates("举办活动", number=8)
    assert {one.adopted.id for one in plain} == {one.adopted.id for one in raised}
    assert next(one.score for one in raised if one.adopted.id == "b") == next(
        one.score for one in plain if one.adopted.id == "b"
    ) + type(plain[0].score)("0.10")


def test_words_that_share_nothing_give_no_candidate():
    assert candidates("禁渔巡查") == ()


def test_a_row_of_a_table_finds_its_task():
    rows = [["序号", "工作任务", "责任单位"], ["31", "7.组织科技成果对接", "县科技局"]]
    text, table = lay_out(arrange([[Block(one) for one in row] for row in rows]), 0)
    pool = [Adopted("t7", "推动科技成果对接转化", 7, kind="task"), Adopted("t8", "组织招聘会", 8, kind="task")]
    (found,) = match_row(Matcher(pool), read_decomposition(table, text, 2023).rows[0], text)
    assert found.adopted.id == "t7"


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("截至6月底举办活动28场", "举办活动 场"),
        ("固投增长8.5%", "固定资产投资增长"),
        ("PM2.5浓度", "细颗粒物浓度"),
        ("高新技术企业", "高新技术企业"),
    ],
)
def test_numbers_and_dates_are_left_out_and_aliases_written_alike(words, plain):
    assert " ".join(plain_words(words)[0].split()) == plain


@pytest.mark.parametrize(
    ("reported", "adopted", "fits"),
    [
        ("场", "场", True),
        ("万元", "亿元", True),
        ("场", "家", False),
        ("亿元", "亿美元", False),
        ("户", "家", None),
        ("个", "座", None),
        ("人次", "人", None),
        ("%", "家", None),
        ("", "家", None),
    ],
)
def test_units_exclude_only_what_cannot_be_compared(reported, adopted, fits):
    assert unit_fits(reported, adopted) is fits


def test_shared_words_are_the_longest_runs():
    assert shared_words("举办科技成果对接活动", "科技对接活动") == ["对接活动", "科技"]


def test_nothing_adopted_gives_no_candidates():
    assert Matcher([]).candidates("举办活动") == ()


@given(st.text(alphabet="高企新增技术业家活动28场，%GDP ", max_size=30))
def test_candidates_are_ranked_from_the_likeliest_down(words):
    scores = [one.score for one in candidates(words)]
    assert scores == sorted(scores, reverse=True)
    assert all(score >= 0 for score in scores)


@pytest.mark.parametrize(
    ("sentence", "place"),
    [
        ("东段围涂标准海塘工程已开工建设，完成投资450万元。", "b"),
        ("圩区整治工程进展顺利，累计完成投资1160万元。", "c"),
    ],
)
def test_a_figure_that_names_no_thing_speaks_of_what_its_sentence_names(sentence, place):
    matcher = Matcher(
        [
            Adopted("a", "完成固定资产投资", 1, "亿元"),
            Adopted("b", "东段围涂标准海塘工程完成投资", 2, "亿元"),
            Adopted("c", "圩区整治工程完成投资", 3, "亿元"),
        ]
    )
    text = f"城区水厂完成投资200万元。截至5月底，{sentence}"
    last = list(progress_statements(text, 0, len(text), 2023))[-1]
    assert match_statement(matcher, last, text)[0].adopted.id == place
