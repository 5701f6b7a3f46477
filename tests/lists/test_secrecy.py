"""Personal fields that would leak, or could not be erased, are no definition."""

from __future__ import annotations

import pytest

from luoshi.lists.load import read_definition
from luoshi.lists.sense import check_together


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


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("opens: open\n", "opens: opne\n", "是否应为“open”"),
        ("most: places", "most: name", "类型须是integer"),
        ("quorum: is_quorate", "quorum: valid", "不是一个算出是否的计算栏"),
        ("votes: {type: integer, label: 得票数}}", "number: {type: integer, label: 得票数}}", "须有且只有两栏"),
        ("from: voting, to: counted", "from: prepared, to: counted", "须从“开始投票”到达的状态出发"),
        ("totals, ballots_hash, voters_hash]}", "totals, voters_hash]}", "它的sets须写“ballots_hash”"),
        ("sets: [name, deputies, present", "sets: [ballots_hash, name, deputies, present", "的sets不能写它"),
        ("to: void, by: supervisor,", "to: void, by: supervisor, sets: totals,", "的sets不能写它"),
        ("roll: {role: deputy}", "roll: {role: deputie}", "是否应为“deputy”"),
    ],
)
def test_every_mistake_about_a_sealed_vote_is_named(vote_texts, written, instead, said):
    text = vote_texts["livelihood_vote"]
    assert written in text
    definition, findings = read_definition(text.replace(written, instead), "livelihood_vote.yaml")
    assert definition is None
    assert said in " ".join(f"{finding.message}{finding.hint}" for finding in findings)


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ("  vote: {type: reference, label: 票决, list: livelihood_vote, indexed: true}", "  vote: {type: reference, label: 票决, list: livelihood_vote}", "须是引用"),
        ("tally: {label: 录入得票, fact: tallied, from: screened, to: voted, by: supervisor, sets: votes", "tally: {label: 录入得票, fact: tallied, from: screened, to: voted, by: supervisor, sets: votes, reason: required", "不要求理由"),
        ("required: true, fixed: true}\n  content", "required: true}\n  content", "须有名称"),
    ],
)  # fmt: skip
def test_every_mistake_about_what_is_voted_on_is_named(vote_texts, written, instead, said):
    assert written in vote_texts["livelihood_candidate"]
    texts = {**vote_texts, "livelihood_candidate": vote_texts["livelihood_candidate"].replace(written, instead)}
    read = {name: read_definition(text, f"{name}.yaml")[0] for name, text in texts.items()}
    assert None not in read.values()
    assert said in " ".join(map(str, check_together(read)))
