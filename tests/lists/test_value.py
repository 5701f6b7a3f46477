"""What people type becomes a value or a named error; values survive being written and read."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.definition import FIELD_TYPES, Field
from luoshi.lists.value import can_be_stored, decode, encode, parse, printable, show
from luoshi.terms.number import plain
from luoshi.terms.refusal import FieldError

COLUMNS = {
    "id": Field("id", "text", "序号", required=True),
    "due_on": Field("due_on", "date", "时限"),
    "weight": Field("weight", "decimal", "权重", minimum="0", maximum="100"),
    "marks": Field("marks", "texts", "标志"),
    "done": Field("done", "boolean", "完成"),
}


def _field(kind, **more):
    return Field(
        "x",
        kind,
        "栏目",
        of={"a": "甲", "b": "乙"} if kind == "choice" else {},
        columns=COLUMNS if kind == "rows" else {},
        **more,
    )


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("text", "  科创飞地 ", "科创飞地"),
        ("text", "   ", None),
        ("text", None, None),
        ("text", [], None),
        ("text", Decimal("12.50"), "12.50"),
        ("text", 12, "12"),
        ("long_text", "一\n二", "一\n二"),
        ("text", "表\x07格\x1f", "表格"),
        ("text", "\x01\x02", None),
        ("long_text", "上行\x0b下行\r\n再下行\r末行", "上行\n下行\n再下行\n末行"),
        ("texts", ["甲\x07", "\x07"], ("甲",)),
        ("texts", "发改局、 县发改局 ;发改", ("发改局", "县发改局", "发改")),
        ("texts", "Xin Chang、新昌", ("Xin Chang", "新昌")),
        ("bodies", "a、b，a c", ("a", "b", "c")),
        ("bodies", ["a", " ", "b", "a"], ("a", "b")),
        ("bodies", "、，", None),
        ("bodies", (), None),
        ("evidence", "", None),
        ("references", ("t1",), ("t1",)),
        ("decimal", "12.50", Decimal("12.5")),
        ("decimal", "１，２３４．５", Decimal("1234.5")),
        ("decimal", "−3", Decimal(-3)),
        ("decimal", "+007", Decimal(7)),
        ("decimal", "-0.0", Decimal(0)),
        ("decimal", 0.1, Decimal("0.1")),
        ("decimal", 1e16, Decimal(10**16)),
        ("decimal", 1e-7, Decimal("0.0000001")),
        ("decimal", Decimal("15.00"), Decimal(15)),
        ("decimal", 15, Decimal(15)),
        ("decimal", " ", None),
        ("integer", "12.0", Decimal(12)),
        ("integer", 12.0, Decimal(12)),
        ("boolean", "是", True),
        ("boolean", True, True),
        ("boolean", "Off", False),
        ("boolean", False, False),
        ("boolean", "  ", None),
        ("date", "2023年9月30日", date(2023, 9, 30)),
        ("date", "2023-9-30", date(2023, 9, 30)),
        ("date", "２０２３／０９／３０".replace("／", "/"), date(2023, 9, 30)),
        ("date", "2023.09.30", date(2023, 9, 30)),
        ("date", date(2023, 9, 30), date(2023, 9, 30)),
        ("date", datetime(2023, 9, 30, 8), date(2023, 9, 30)),  # noqa: DTZ001 - as a workbook gives it
        ("period", "2023-09", "2023-09"),
        ("period", "2023-Q3", "2023-Q3"),
        ("period", "2023年9月", "2023-09"),
        ("period", "２０２３年１１月", "2023-11"),
        ("period", "2023年", "2023"),
        ("choice", "a", "a"),
        ("choice", "乙", "b"),
        ("rows", "", None),
        ("rows", [], None),
        ("rows", [{"id": "", "due_on": None}], None),  # a row left empty in a form
        ("rows", [{"id": "1", "weight": "30"}], ({"id": "1", "due_on": None, "weight": Decimal(30), "marks": None, "done": None},)),
    ],
)  # fmt: skip
def test_typing_is_read_as_meant(kind, typed, value):
    assert parse(_field(kind), typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "message"),
    [
        ("decimal", "12亿元", "“栏目”应填数字，不带单位。"),
        ("decimal", "1,5", "“栏目”应填数字，不带单位。"),
        ("decimal", "1 2", "“栏目”应填数字，不带单位。"),
        ("decimal", "١٢", "“栏目”应填数字，不带单位。"),
        ("decimal", True, "“栏目”应填数字，不带单位。"),
        ("decimal", Decimal("NaN"), "“栏目”应填数字，不带单位。"),
        ("decimal", float("inf"), "“栏目”应填数字，不带单位。"),
        ("decimal", Decimal("1E+9999"), "“栏目”应填数字，不带单位。"),
        ("decimal", 10**45, "“栏目”的整数部分最多18位，小数最多8位。"),
        ("decimal", "9" * 5000, "“栏目”的整数部分最多18位，小数最多8位。"),
        ("decimal", "0.123456789", "“栏目”的整数部分最多18位，小数最多8位。"),
        ("integer", "1.5", "“栏目”应填整数。"),
        ("date", "2023-02-30", "“栏目”的日期不存在。"),
        ("date", "下周三", "“栏目”应填日期，如2023年9月30日。"),
        ("date", 20230930, "“栏目”应填日期，如2023年9月30日。"),
        ("period", "2023年13月", "“栏目”应填期别，如2023年9月。"),
        ("period", "2023-13", "“栏目”应填期别，如2023年9月。"),
        ("choice", "丙", "“栏目”应为甲、乙之一。"),
        ("boolean", "也许", "“栏目”应填是或否。"),
        ("text", ["a", "b"], "“栏目”只能填一个值。"),
        ("text", {"a": 1}, "“栏目”只能填一个值。"),
        ("text", "a\x00b", "“栏目”里有无法保存的字符，请重新输入。"),
        ("text", "a\ud800", "“栏目”里有无法保存的字符，请重新输入。"),
        ("bodies", ["a\x00"], "“栏目”里有无法保存的字符，请重新输入。"),
        ("bodies", [1], "“栏目”应为若干项，用顿号分开。"),
        ("evidence", {"a": "b"}, "“栏目”应为若干项，用顿号分开。"),
        ("rows", "一行", "“栏目”应为若干行。"),
        ("rows", ["一行"], "“栏目”第1行：应按栏填写。"),
        ("rows", [{"id": "1"}, {"weight": "5"}], "“栏目”第2行：请填写“序号”。"),
        ("rows", [{"id": "1", "weight": "101"}], "“栏目”第1行：“权重”不能大于100。"),
        ("rows", [{"id": "1", "weight": "-1"}], "“栏目”第1行：“权重”不能小于0。"),
        ("rows", [{"id": "1", "colour": "红"}], "“栏目”第1行：没有“colour”这一栏。"),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_column(kind, typed, message):
    found = parse(_field(kind), typed)
    assert isinstance(found, FieldError)
    assert (found.field, found.message) == ("x", message)


texts = st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=12).filter(
    lambda text: text == printable(text).strip() and can_be_stored(text)
)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15)
VALUES = {
    "integer": st.integers(-(10**17), 10**17).map(Decimal),
    "decimal": numbers,
    "boolean": st.booleans(),
    "date": st.dates(date(1900, 1, 1)),
    "period": st.sampled_from(["2023", "2023-Q1", "2023-12"]),
    "choice": st.sampled_from(["a", "b"]),
    **{kind: st.lists(texts, min_size=1, max_size=3, unique=True).map(tuple) for kind in ("texts", "bodies", "references", "evidence")},
    **dict.fromkeys(("text", "long_text", "body", "person", "reference"), texts),
}  # fmt: skip
rows = st.lists(
    st.fixed_dictionaries(
        {"id": texts},
        optional={
            "due_on": VALUES["date"],
            "weight": st.integers(0, 100).map(Decimal),
            "marks": VALUES["texts"],
            "done": st.booleans(),
        },
    ),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("kind", [kind for kind in FIELD_TYPES if kind != "rows"])
def test_every_type_comes_back_as_it_was_written(kind):
    field = _field(kind)

    @given(VALUES[kind])
    def comes_back(value):
        assert parse(field, value) == value
        assert decode(field, encode(value)) == value
        assert isinstance(show(field, value), str)

    comes_back()
    assert decode(field, encode(None)) is None


@given(rows)
def test_rows_come_back_as_they_were_written(typed):
    field = _field("rows")
    value = parse(field, typed)
    assert decode(field, encode(value)) == value
    assert parse(field, value) == value
    assert [set(row) for row in value] == [set(COLUMNS)] * len(typed)


@given(st.one_of(st.none(), st.text(), st.integers(), st.floats(), st.decimals(), st.booleans(), st.dates(), st.lists(st.text()), st.dictionaries(st.text(), st.text())), st.sampled_from(FIELD_TYPES))  # fmt: skip
def test_whatever_is_typed_is_read_or_refused_and_what_was_read_can_be_stored(typed, kind):
    field = _field(kind)
    value = parse(field, typed)
    if not isinstance(value, FieldError):
        assert decode(field, encode(value)) == value
        assert can_be_stored(str(encode(value)))


@given(numbers)
def test_numbers_are_written_as_they_are_everywhere(number):
    assert encode(number) == plain(number)


@pytest.mark.parametrize(
    ("kind", "data"),
    [("bodies", "a"), ("rows", "a"), ("rows", ["a"]), ("rows", [{"id": "1", "gone": "2"}]), ("boolean", "true"), ("text", True), ("text", ["a"])],
)  # fmt: skip
def test_data_of_another_kind_are_not_read_in_silence(kind, data):
    with pytest.raises(ValueError, match="x: "):
        decode(_field(kind), data)


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", None, ""),
        ("text", "科创飞地", "科创飞地"),
        ("boolean", True, "是"),
        ("boolean", False, "否"),
        ("decimal", Decimal("12.50"), "12.5"),
        ("date", date(2023, 9, 30), "2023年9月30日"),
        ("choice", "a", "甲"),
        ("choice", "gone", "gone"),
        ("period", "2023-09", "2023年9月"),
        ("texts", ("甲", "乙"), "甲、乙"),
        ("rows", ({}, {}), "2行"),
    ],
)
def test_values_are_shown_as_people_read_them(kind, value, shown):
    assert show(_field(kind), value) == shown


def test_a_number_too_long_for_python_to_write_is_refused():
    assert isinstance(parse(_field("decimal"), 10**5000), FieldError)
