"""What the shipped lists are: complete, sourced, Chinese, with a beginning and an end."""

import re

import pytest

from luoshi.lists.definition import FIELD_TYPES, Definition, Field, Move
from luoshi.lists.load import read_definition
from luoshi.lists.sense import check_together
from luoshi.terms.source import Source

NAMES = (
    "body", "delegation", "plan", "post", "problem", "report", "responsibility", "result", "statistic", "supervision", "target", "task",
)  # fmt: skip


def test_all_lists_are_shipped(definitions):
    assert set(NAMES) <= set(definitions)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_list_loads_without_a_word_against_it(name, texts):
    definition, findings = read_definition(texts[f"{name}.yaml"], f"{name}.yaml")
    assert findings == ()
    assert definition.name == name
    assert definition.source.is_verified


def test_lights_follow_the_entry_unless_the_list_says_otherwise(definitions, texts):
    assert (definitions["problem"].visible, definitions["problem"].lights) == ("owners", "owners")
    assert (definitions["target"].visible, definitions["target"].lights) == ("owners", "county")
    text = texts["target.yaml"].replace("lights: county", "lights: nobody")
    definition, findings = read_definition(text, "target.yaml")
    assert definition is None
    assert "不在允许之列" in findings[0].message


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_list_has_a_beginning_and_a_title(name, definitions):
    definition = definitions[name]
    assert definition.opening_moves
    assert definition.title in definition.fields
    assert all(definition.fields[move_field].label for move in definition.moves.values() for move_field in move.sets)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "statistic"])
def test_the_life_of_an_entry_can_end(name, definitions):
    assert any(state.closed for state in definitions[name].states.values())


def test_a_published_figure_is_never_closed_it_may_be_revised(definitions):
    assert not any(state.closed for state in definitions["statistic"].states.values())


def _words(definition):
    """Every Chinese word of a definition, with the place it stands at."""
    yield "label", definition.label
    for group in (definition.fields, definition.states, definition.moves, definition.clocks):
        for name, item in group.items():
            yield name, item.label
    for field in definition.fields.values():
        yield f"{field.name}.help", field.help or "。"
        for value, label in field.of.items():
            yield f"{field.name}.{value}", label
        for column in field.columns.values():
            yield f"{field.name}.{column.name}", column.label


@pytest.mark.parametrize("name", NAMES)
def test_every_label_is_chinese_with_full_width_punctuation(name, definitions):
    half_width = re.compile(r"[,;:?!()]")
    wrong = [f"{place}: {word}" for place, word in _words(definitions[name]) if half_width.search(word)]
    assert wrong == []
    assert all(re.search(r"[\u4e00-\u9fff。]", word) for _, word in _words(definitions[name]))


def test_references_between_shipped_lists_lead_somewhere(definitions):
    assert check_together(definitions) == []


def test_every_type_of_field_is_a_word_of_the_language():
    assert len(set(FIELD_TYPES)) == len(FIELD_TYPES) == 16


def test_a_definition_knows_its_opening_moves_and_its_indexed_fields():
    fields = {"a": Field("a", "text", "甲", indexed=True), "b": Field("b", "text", "乙")}
    moves = {
        "file": Move("file", "登记", "filed", (), "filed", opens=True),
        "amend": Move("amend", "改", "amended", ("*",), ""),
    }
    definition = Definition("x", "清单", "v", Source(), fields, {}, moves)
    assert [move.name for move in definition.opening_moves] == ["file"]
    assert [field.name for field in definition.indexed] == ["a"]
