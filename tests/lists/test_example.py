"""Every shipped pack proves itself; an example that does not come out is named."""

from __future__ import annotations

from pathlib import Path

import pytest

import luoshi
from luoshi.lists.example import read_example, run_example
from luoshi.lists.holiday import is_working_day
from luoshi.lists.load import read_definition

PACKS = Path(luoshi.__file__).parent / "packs"
EXAMPLES = sorted(PACKS.glob("*/examples/*.yaml"))
PETITION = PACKS / "petition" / "lists" / "petition.yaml"


def _run(definition, text):
    data, findings = read_example(text, "样例.yaml")
    assert not findings
    return run_example(definition, data, "样例.yaml", is_working_day)


@pytest.fixture(scope="module")
def petition():
    return read_definition(PETITION.read_text("utf-8"), PETITION.name)[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_what_a_pack_says_comes_out(path):
    definition, findings = read_definition((path.parent.parent / "lists" / path.name).read_text("utf-8"), path.name)
    assert [finding for finding in findings if finding.id != "lists.W001"] == []  # without a source, and said so
    result = _run(definition, path.read_text("utf-8"))
    assert [str(finding) for finding in result.findings] == []
    assert result.entries


def test_every_pack_that_is_not_always_in_force_has_an_example():
    packs = {path.parent.parent.name for path in PACKS.glob("*/lists/*.yaml")} - {"national"}
    assert {path.parent.parent.name for path in EXAMPLES} >= packs
    assert len(packs) >= 8


REGISTERED = """
list: petition
as_of: "2023-12-31"
entries:
  - id: a
    moves:
      - {move: register, on: "2023-03-01", set: {matter: 山塘漏水, kind: claim, way: letter, is_first: 是}}
"""


@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("    expect: {state: closed}", "状态应为“closed”，实为“registered”。"),
        ('    expect: {clocks: {transfer: "2023-03-15"}}', "时限“transfer”的到期日应为2023-03-15，实为2023-03-16。"),
        ('    expect: {clocks: {answer: "2023-03-15"}}', "时限“answer”的到期日应为2023-03-15，实为没有开始。"),
        ("    expect: {fields: {kind: 建议意见类}}", "栏目“kind”应为建议意见类，实为申诉求决类。"),
        ("    expect: {fields: {nothing: x}}", "栏目“nothing”应为x，实为没有这一栏。"),
        ("    expect: {formulas: {is_back: 是}}", "计算栏“is_back”应为是，实为否。"),
        ("    expect: {formulas: {nothing: 是}}", "计算栏“nothing”应为是，实为没有这一计算栏。"),
        ("measures: {content: 50.0%}", "指标“content”应为50.0%，实为不适用。"),
        ("measures: {nothing: 1}".replace("1", '"1"'), "指标“nothing”应为1，实为没有这一指标。"),
        ('      - {move: close, on: "2023-03-02"}', "动作“close”被拒绝：当前状态为“已登记”，不能“办结”。"),
        (
            '      - {move: transfer, on: "2023-03-02", set: {body: office}, refused: lists.wrong_state}',
            "动作“transfer”本应被拒绝",
        ),
    ],
)
def test_what_does_not_come_out_is_named(petition, added, said):
    result = _run(petition, REGISTERED + added + "\n")
    assert len(result.findings) == 1
    assert said in str(result.findings[0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("list: petition\nentries: []\nmesures: {}\n", "是否应为“measures”"),
        ("list: petition\n", "缺少“entries”"),
        ("list: p\nentries: [{id: a, moves: [{move: register, on: 3月1日}]}]\n", "日期写作2023-09-30。"),
        ("list: p\nentries: [{id: a, moves: [{move: register, on: '2023-02-30'}]}]\n", "日期写作2023-09-30。"),
        ("list: p\nentries: [{id: a, moves: [{move: x, on: '2023-03-01', as: boss}]}]\n", "不在允许之列"),
        ("[", ""),
    ],
)
def test_an_example_that_is_written_wrongly_is_told_with_its_line(text, said):
    data, findings = read_example(text, "样例.yaml")
    assert data is None
    assert said in " ".join(map(str, findings))
