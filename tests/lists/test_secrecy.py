"""Personal fields that would leak, or could not be erased, are no definition."""

from __future__ import annotations

import pytest

from luoshi.lists.load import read_definition


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("sender: {type: text", "sender: {type: integer", "只能是text或long_text"),
        ("personal: true,", "personal: true, indexed: true,", "不能写indexed"),
        ("owners: [body]", "owners: [body]\ntitle: sender", "不能作为条目的名称"),
        (", shown_to: [supervisor, {role: unit_head, of: body}]", "", "须用shown_to写明"),
        ("erases: sender,", "", "须有一个动作能删除它"),
        ("erases: sender,", "erases: [sender, name],", "只能删除个人信息"),
        (", reason: required", "", "须写明理由"),
        ("erases: sender,", "erases: sender, sets: name,", "不能同时填写"),
        ("personal: true, ", "", "不能写mask或shown_to"),
        ("erases: sender,", "erases: [sender, sendr],", "是否应为“sender”"),
        ("mask: name", "mask: nam", "是否应为“name”"),
        ("of: body}]}\nstates", "of: bodi}]}\nstates", "是否应为“body”"),
        ("states: {", "formulas: {n: {label: 数, formula: count(sender) over ()}}\nstates: {", "不能用在公式里"),
    ],
)
def test_every_mistake_is_named(letter, written, instead, said):
    definition, findings = read_definition(letter.replace(written, instead), "letter.yaml")
    assert definition is None
    assert said in " ".join(f"{finding.message}{finding.hint}" for finding in findings)
