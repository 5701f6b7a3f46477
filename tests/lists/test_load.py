"""Every kind of mistake in a definition is a finding with its line and the nearest word; nothing raises."""

import json
import re
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.lists.definition import FIELD_TYPES, Definition
from luoshi.lists.load import build, read_definition
from luoshi.people.role import Role

GOOD = """\
list: problem
label: 问题清单
title: text
owners: [body]
source: {title: 政府督查工作条例}
fields:
  text: {type: text, label: 问题, required: true}
  body: {type: body, label: 单位}
  due_on: {type: date, label: 时限, indexed: true}
states:
  filed: 已登记
  closed: {label: 已销号, closed: true}
moves:
  file: {label: 登记, fact: filed, opens: true, to: filed, by: supervisor}
  close:
    label: 销号
    fact: closed
    from: filed
    to: closed
    by: [supervisor, {role: unit_head, of: body}]
    needs: due_on
    sets: due_on
    unless: same_person_as_file
clocks:
  cure: {label: 时限, starts: file, stops: close, length: 60 days}
"""


def test_a_good_definition_is_built_as_written():
    definition, findings = read_definition(GOOD, "problem.yaml")
    assert findings == ()
    assert definition.text == GOOD
    assert re.fullmatch("[0-9a-f]{16}", definition.version)
    assert definition.moves["close"].needs == ("due_on",)
    assert [(grant.role, grant.of) for grant in definition.moves["close"].by] == [
        (Role.SUPERVISOR, None),
        (Role.UNIT_HEAD, "body"),
    ]
    assert (definition.clocks["cure"].length, definition.clocks["cure"].unit) == (60, "days")
    assert definition.states["closed"].closed
    assert not definition.states["filed"].closed


def test_the_version_changes_with_the_text_and_only_with_it():
    first, _ = read_definition(GOOD, "a.yaml")
    same, _ = read_definition(GOOD, "b.yaml")
    other, _ = read_definition(GOOD.replace("问题清单", "整改清单"), "a.yaml")
    assert first.version == same.version != other.version
    data = {"list": "x", "label": "清单", "source": {"adr": "1"}, "fields": {}, "states": {}, "moves": {}}
    assert build(data).version == build(dict(reversed(data.items()))).version


def test_a_state_or_move_set_to_null_is_not_there():
    definition, findings = read_definition(GOOD.replace("filed: 已登记", "filed: 已登记\n  assigned: ~"), "x.yaml")
    assert findings == ()
    assert list(definition.states) == ["filed", "closed"]


def test_months_are_read_as_months():
    definition, _ = read_definition(GOOD.replace("60 days", "3 months, roll: next_working_day"), "x.yaml")
    clock = definition.clocks["cure"]
    assert (clock.length, clock.unit, clock.roll) == (3, "months", "next_working_day")


@pytest.mark.parametrize(
    ("wrong", "right", "identity", "line", "words"),
    [
        ("tilte: text", "title: text", "lists.E003", 3, "是否应为“title”？"),
        ("label: 时限, indexd: true", "label: 时限, indexed: true", "lists.E003", 9, "是否应为“indexed”？"),
        ("    zzzz: 1\n    needs: due_on", "    needs: due_on", "lists.E003", 21, "可用："),
        ("{type: txet, label: 问题", "{type: text, label: 问题", "lists.E005", 7, "是否应为“text”？"),
        ("by: supervisr}", "by: supervisor}", "lists.E005", 14, "是否应为“supervisor”？"),
        ("{role: unit_haed, of: body}", "{role: unit_head, of: body}", "lists.E005", 20, "是否应为“unit_head”？"),
        ("    label: 销号\n    reason: yes", "    label: 销号", "lists.E005", 17, "“true”不在允许之列"),
        ("list: problem\nperiod: week", "list: problem", "lists.E005", 2, "可用：month、quarter、year"),
        ("{type: date, indexed: true}", "{type: date, label: 时限, indexed: true}", "lists.E004", 9, "缺少“label”"),
        ("", "list: problem\n", "lists.E004", 1, "文件缺少“list”"),
        ("list: problem\nlist: problem", "list: problem", "lists.E002", 2, "先前一次在第1行"),
        ("required: 必填}", "required: true}", "lists.E006", 7, "应为true或false"),
        ("Text: {type: text, label: 大写}\n  body: {type", "body: {type", "lists.E006", 8, "名称以小写英文字母开头"),
        ("list: 问题", "list: problem", "lists.E006", 1, "名称以小写英文字母开头"),
        ("list: " + "a" * 31, "list: problem", "lists.E006", 1, "名称以小写英文字母开头"),
        ("length: sixty days", "length: 60 days", "lists.E006", 25, "期限应写作"),
        ("length: 99999999999 days", "length: 60 days", "lists.E006", 25, "期限应写作"),
        ("owners: body", "owners: [body]", "lists.E006", 4, "应为列表"),
        ("label: ''", "label: 问题清单", "lists.E006", 2, "不能为空"),
        ("by: []}", "by: supervisor}", "lists.E006", 14, "不能为空"),
        ("fields: {}\nx:", "fields:", "lists.E003", 7, "没有“x”"),
        ("filed: [已登记]", "filed: 已登记", "lists.E006", 11, "得到“列表”"),
        ("text: {type: integer, minimum: abc,", "text: {type: text,", "lists.E006", 7, "应为写在引号里的数字"),
        ("text: ~", "text: {type: text, label: 问题, required: true}", "lists.E006", 7, "得到“空”"),
        ("list: [", "list: problem", "lists.E001", 3, "方括号没有写完"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_nearest_word(wrong, right, identity, line, words):
    assert right in GOOD
    definition, findings = read_definition(GOOD.replace(right, wrong, 1), "problem.yaml")
    assert definition is None
    assert [finding.id for finding in findings][:1] == [identity]
    assert any(f.where == f"problem.yaml:{line}" and words in f.message + f.hint for f in findings), list(
        map(str, findings)
    )


def test_all_unknown_and_all_missing_words_are_named_at_once():
    _, findings = read_definition("list: x\nlabel: 清单\nfeilds: {}\nstaets: {}\n", "x.yaml")
    said = {(finding.id, finding.where, finding.message) for finding in findings}
    assert ("lists.E003", "x.yaml:3", "文件里没有“feilds”这个词。") in said
    assert ("lists.E003", "x.yaml:4", "文件里没有“staets”这个词。") in said
    assert {message for identity, _, message in said if identity == "lists.E004"} == {
        f"文件缺少“{key}”。" for key in ("source", "fields", "states", "moves")
    }


def test_a_long_value_is_not_repeated_in_full():
    _, findings = read_definition(GOOD.replace("60 days", "六十天" * 100), "x.yaml")
    assert len(findings[0].message) < 120


def test_a_text_that_is_no_mapping_is_a_finding():
    _, findings = read_definition("只有一句话\n", "x.yaml")
    assert [(f.id, f.message) for f in findings] == [("lists.E006", "文件写得不对：得到“只有一句话”。")]
    assert findings[0].hint == "应为映射（键: 值）。"


def test_the_schema_and_the_program_know_the_same_words():
    schema = json.loads(resources.files("luoshi.lists").joinpath("schema.json").read_text("utf-8"))
    assert tuple(schema["$defs"]["field"]["properties"]["type"]["enum"]) == FIELD_TYPES
    assert schema["$defs"]["role"]["enum"] == [role.value for role in Role]


def _is_well_said(result):
    definition, findings = result
    errors = [finding for finding in findings if finding.level == "error"]
    assert (definition is None) == bool(errors)
    assert definition is None or isinstance(definition, Definition)
    for finding in findings:
        assert re.fullmatch(r"lists\.[EW]\d{3}", finding.id)
        assert re.fullmatch(r"x\.yaml:[1-9]\d*", finding.where)
        assert finding.message.endswith("。")


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=200)
def test_no_text_raises(text):
    _is_well_said(read_definition(text, "x.yaml"))


@given(st.text(alphabet="abc:-[]{}&*!|>'\"?,#%@`~ \n\t是", max_size=80))
@settings(max_examples=300)
def test_no_text_of_yaml_signs_raises(text):
    _is_well_said(read_definition(text, "x.yaml"))


def test_no_mutation_of_a_shipped_list_raises(texts):
    originals = sorted(texts.values())

    @given(st.sampled_from(originals), st.data())
    @settings(max_examples=250)
    def mutated(text, data):
        lines = text.split("\n")
        for _ in range(data.draw(st.integers(1, 3))):
            at = data.draw(st.integers(0, len(lines) - 1))
            how = data.draw(st.sampled_from(["drop", "repeat", "cut", "indent", "word", "swap"]))
            if how == "drop":
                lines[at] = ""
            elif how == "repeat":
                lines.insert(at, lines[at])
            elif how == "cut":
                lines[at] = lines[at][: data.draw(st.integers(0, len(lines[at])))]
            elif how == "indent":
                lines[at] = "  " + lines[at]
            elif how == "swap":
                other = data.draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            else:
                words = re.findall(r"[a-z_]+", text)
                new = data.draw(st.sampled_from([*words, "~", "[]", "{}", "1", "是"]))
                lines[at] = re.sub(r"[a-z_]+", lambda _, new=new: new, lines[at], count=1)
        _is_well_said(read_definition("\n".join(lines), "x.yaml"))

    mutated()
