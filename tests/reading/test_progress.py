"""Progress sentences as statements."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.document import load
from luoshi.reading.progress import STATES, progress_statements

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"


def read(text, year=2023, **more):
    return list(progress_statements(text, 0, len(text), year, **more))


def told(one, text):
    """Subject, day, amount, share, growth, gap, plan and state, as far as they are there."""
    figures = {
        name: f"{figure.value}{figure.unit}"
        for name in ("amount", "share", "growth", "gap", "plan")
        if (figure := getattr(one, name))
    }
    day = {"as_of": str(one.as_of.last)} if one.as_of else {}
    return {"of": one.words(text), **day, **figures, **({"state": one.state.state} if one.state else {})}


@pytest.mark.parametrize(
    ("text", "statements"),
    [
        (
            "截至6月底,已举办科技对接活动28场,占年度目标的56%",
            [{"of": "举办科技对接活动", "as_of": "2023-06-30", "amount": "28场", "share": "56%"}],
        ),
        (
            "1—9月完成投资12.3亿元，同比增长8.5%",
            [{"of": "完成投资", "as_of": "2023-09-30", "amount": "12.3亿元", "growth": "8.5%"}],
        ),
        (
            "截至目前，隧道完成97%，桥梁完成85%。",
            [{"of": "隧道", "as_of": "None", "share": "97%"}, {"of": "桥梁", "as_of": "None", "share": "85%"}],
        ),
        (
            "截至9月底，2个养老院建设已完成1个(50%)、20条村道硬化已完成18条(90%)。",
            [
                {"of": "养老院建设", "as_of": "2023-09-30", "amount": "1个", "share": "50%", "plan": "2个"},
                {"of": "村道硬化", "as_of": "2023-09-30", "amount": "18条", "share": "90%", "plan": "20条"},
            ],
        ),
        (
            "1.工业投资（第6项）：增长9%，低于目标1.5个百分点。",
            [{"of": "工业投资", "growth": "9%", "gap": "-1.5个百分点"}],
        ),
        ("已建成11家工会驿站，完成率110%。", [{"of": "工会驿站", "amount": "11家", "share": "110%"}]),
        ("县医院扩建工程已竣工。", [{"of": "县医院扩建工程", "state": "done"}]),
        ("县医院扩建工程未达序时进度。", [{"of": "县医院扩建工程", "state": "behind"}]),
        ("城东水厂正在施工（75%）。", [{"of": "城东水厂", "share": "75%", "state": "advancing"}]),
        ("完成率98.4%", [{"of": "", "share": "98.4%"}]),
        ("已完成", [{"of": "", "state": "done"}]),
        ("正在推进", [{"of": "", "state": "advancing"}]),
        ("送戏进万村已送戏120场，占年度任务的80%。", [{"of": "送戏进万村", "amount": "120场", "share": "80%"}]),
        ("四好农村路已建成45公里。", [{"of": "四好农村路", "amount": "45公里"}]),
        ("完成投资3.5亿元，占年度计划投资的70%。", [{"of": "完成投资", "amount": "3.5亿元", "share": "70%"}]),
        ("已完成甲路、乙路、丙桥等12条道路改造。", [{"of": "道路改造", "amount": "12条"}]),
        ("甲镇、乙街道等5个乡镇已完成管网改造120公里。", [{"of": "完成管网改造", "amount": "120公里"}]),
        ("上半年，外贸出口预计下降8%左右。", [{"of": "外贸出口", "as_of": "2023-06-30", "growth": "-8%"}]),
        (
            "截至5月底，新建泵站3座；改造管网12公里。",
            [
                {"of": "新建泵站", "as_of": "2023-05-31", "amount": "3座"},
                {"of": "改造管网", "as_of": "2023-05-31", "amount": "12公里"},
            ],
        ),
    ],
)
def test_a_sentence_says_of_what_as_of_when_how_much(text, statements):
    assert [told(one, text) for one in read(text)] == statements


@pytest.mark.parametrize(
    "text",
    [
        "下一步，将加快推进城东水厂建设，确保10月底前完成投资3亿元。",
        "目标：建成养老院3个。",
        "城东水厂预计10月底前全部完成。",
        "其一是建成保障房600套。",
        "为扎实推进民生工程，现通报如下。",
        "《政府工作报告》安排任务145项。",
    ],
)
def test_what_is_planned_or_wished_is_no_progress(text):
    assert read(text) == []


def test_what_follows_the_look_ahead_is_left_out():
    text = "截至6月底，已建成3座泵站。下一步，加快推进管网改造。已办结事项不再调度。\n已完成清淤12公里。"
    assert [told(one, text).get("amount") for one in read(text)] == ["3座", "12公里"]


def test_the_names_of_what_was_counted_are_no_news():
    text = "截至11月底，未达到序时进度3项，占比20%，为新建安置区5个、新增企业100户。"
    assert [told(one, text).get("state") for one in read(text)] == ["behind"]


def test_a_heading_gives_the_month_where_the_text_gives_none():
    text = "某县9月份民生实事进展情况\n新建泵站3座。"
    assert [told(one, text) for one in read(text)] == [{"of": "新建泵站", "as_of": "2023-09-30", "amount": "3座"}]


def test_in_a_report_with_a_day_an_amount_is_news_without_further_words():
    from datetime import date

    assert read("新建泵站3座。") == []
    (one,) = read("新建泵站3座。", report_day=date(2023, 9, 30))
    assert (one.amount.value, one.as_of) == (3, None)


def test_a_number_of_things_in_a_state_is_counted():
    text = "1—6月，欠进度的有17个，占总任务的7.7%。"
    assert [told(one, text) for one in read(text)] == [
        {"of": "", "as_of": "2023-06-30", "amount": "17个", "state": "behind"}
    ]


def test_a_day_up_to_which_one_paragraph_speaks_holds_for_the_next_as_well():
    text = "截至10月20日，县里已建成泵站9座。\n镇里已建成泵站7座。"
    assert [told(one, text)["as_of"] for one in read(text)] == ["2023-10-20", "2023-10-20"]


def test_a_share_that_the_text_calculates_wrongly_stays_as_written():
    (one,) = read("截至6月底，50场活动已举办28场，占年度目标的54.8%。")
    assert str(one.share.value) == "54.8"


@given(
    st.text(alphabet="截至6月底9已完成投资12.3亿元，占年度目标的5%同比增长下降、。；（）:：正在推进\n个", max_size=80)
)
def test_any_text_is_read_and_every_part_stands_at_its_place(text):
    for one in read(text):
        assert one.span.end <= len(text)
        assert one.subject.end <= len(text)
        assert one.amount or one.share or one.growth or one.gap or one.state
        if one.state:
            assert one.state.span.quote(text) == one.state.word
            assert one.state.state in STATES


def test_ten_times_the_text_takes_no_more_than_thirty_times_as_long():
    def took(text):
        begin = time.process_time()
        read(text)
        return time.process_time() - begin

    part = "截至9月底，15个农村幸福院建设已完成8个（53%）、改造管网12公里，同比增长8.5%；" * 40
    assert took(part * 10) < 30 * max(took(part), 0.01)


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared/corpus")
def test_the_progress_documents_and_some_reports_of_the_corpus_are_read():
    count = 0
    for path in [*CORPUS.glob("[dp]*/*.txt"), *sorted(CORPUS.glob("report/*.txt"))[::20]]:
        text = load(path.read_bytes(), path.name).text
        for one in progress_statements(text, 0, len(text), 2023):
            count += path.parent.name == "progress"
            for figure in (one.amount, one.share, one.growth, one.gap, one.plan):
                assert figure is None or figure.span.quote(text)[-1:] == figure.unit[-1:] or not figure.unit
    assert count >= 90
