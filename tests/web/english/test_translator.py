import pytest

from luoshi.web.english.dates import dated
from luoshi.web.english.phrase import Pattern, filled
from luoshi.web.english.translator import Translator, catalogue, files, translator


@pytest.fixture(scope="module")
def said():
    return Translator(
        {
            "牵头单位": "Lead body",
            "填报": "report",
            "红": "red",
            "未报": "not reported",
            "去办理": "deal with it",
            "还有{}项": "{1} more {1|item|items}",
            "{}项": "{1} {1|item|items}",
            "{}由{}转{}": "{1}: from {2} to {3}",
            "{}/{}单位已填报": "{1} of {2} bodies have reported",
            "未完成": "not done",
        }
    ).say


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2023年9月30日", "30 September 2023"),
        ("2023年9月27日16:20", "27 September 2023 16:20"),
        ("9月30日", "30 September"),
        ("2023年9月", "September 2023"),
        ("9月", "September"),
        ("2023年", "2023"),
        ("2023年13月1日", None),
        ("9月底", None),
    ],
)
def test_dates_are_written_as_english_writes_them(written, day):
    assert dated(written) == day


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("牵头单位", "Lead body"),
        ("还有3项", "3 more items"),
        ("还有1项", "1 more item"),
        ("2023年9月填报", None),  # a date before a phrase is no phrase of its own
        ("12/60单位已填报", "12 of 60 bodies have reported"),
        ("未报，3项", "not reported, 3 items"),
        ("未报（3项）", "not reported (3 items)"),
        ("，去办理。", ", deal with it. "),
        ("牵头单位：县发改局", "Lead body: 县发改局"),
        ("县发改局　未报", "县发改局  not reported"),
        ("12.5", "12.5"),
    ],
)
def test_a_text_is_said_in_its_phrases(said, chinese, english):
    assert said(chinese) == english


@pytest.mark.parametrize(
    "own",
    [
        "县发改局",
        "实施大项目未完成",  # ends like a phrase
        "推进大项目，未完成",  # a phrase beside a county's own words is not enough
        "重点项",  # few characters, and what stands in the place has no English
        "新建学校（未完成部分）",
    ],
)
def test_a_countys_own_words_stay(said, own):
    assert said(own) is None


def test_places_may_change_their_order_and_hold_own_words(said):
    assert said("未完成由未报转红") == "not done: from not reported to red"
    assert said("年度目标由未报转红") is None  # two characters of its own: the place must have English
    pattern = Pattern.of("把{}交给{}办理", "give {2} the work of {1}")
    assert pattern.said("把修路交给建设局办理", lambda _: None, is_open=True) == "give 建设局 the work of 修路"


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("超过目标12亿元的3倍", "3 times the target 12 亿元"),
        ("发改局2023年9月填报", "发改局: report for 2023年9月"),
        ("甲乙填报", "甲: report for 乙"),
    ],
)
def test_where_places_touch_a_number_or_a_date_parts_them(text, english):
    over = Pattern.of("超过目标{}{}的{}倍", "{3} times the target {1} {2}")
    report = Pattern.of("{}{}填报", "!{1}: report for {2}")
    known = (one.said(text, lambda _: None, is_open=True) for one in (over, report))
    assert next(one for one in known if one) == english


def test_words_that_touch_are_kept_apart_and_marks_around_own_words_are_english():
    assert filled("{1}{2}", ["3", "working days"]) == "3 working days"
    assert filled("{1}{2}", ["5", "亿元"]) == "5亿元"
    assert Pattern.of("花名册中没有“{}", "the roster has no “{1}").said(
        "花名册中没有“水利站”。", lambda _: None, is_open=True
    ) == ("the roster has no “水利站”. ")


def test_the_number_of_a_place_chooses_one_or_many():
    assert filled("{1} {1|item|items}", ["1"]) == "1 item"
    assert filled("{1} {1|item|items}", ["21"]) == "21 items"


def test_the_catalogue_holds_together():
    """Every place named in an English text is one the Chinese has, and none is written half."""
    wrong = []
    for chinese, english in catalogue().items():
        try:
            Pattern.of(chinese, english)
            text = filled(english, ["1"] * chinese.count("{}"))
        except (IndexError, TypeError) as error:
            wrong.append((chinese, english, error))
            continue
        if "{" in text and "{" not in chinese.replace("{}", ""):
            wrong.append((chinese, english))
        if not english.strip():
            wrong.append((chinese, "empty"))
    assert wrong == []


def test_a_phrase_has_one_meaning():
    seen, twice = {}, []
    for name, phrases in files().items():
        for chinese, english in phrases.items():
            if seen.setdefault(chinese, english) != english:
                twice.append((name, chinese, english, seen[chinese]))
    assert twice == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("2023年9月填报", "September 2023 reports"),
        ("发改局2023年9月填报", "发改局: report for September 2023"),
        ("新转橙：低于序时25.00个百分点", "newly orange: 25.00 percentage points below pace"),
        ("，1月3日截止", ", closes 3 January"),
    ],
)
def test_what_pages_put_together_is_said_in_its_order(chinese, english):
    assert translator().say(chinese) == english


def test_the_programs_own_catalogue_is_read_once():
    assert translator() is translator()
    assert translator().say("大字版") == "Large type"
