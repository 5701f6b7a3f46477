"""Phrasings as tests: each value of a field with several ways to say it, all invented."""

from pathlib import Path

import pytest
import yaml

from luoshi.document import load
from luoshi.reading import read

FOLDER = Path(__file__).parent / "corpus"


def cases(dimension):
    data = yaml.safe_load((FOLDER / f"{dimension}.yaml").read_text("utf-8"))
    return [pytest.param(str(value), text, id=text) for value, texts in data.items() for text in texts]


def reading_of(text):
    return read(load(f"(一)工作\n{text}\n".encode(), "甲.txt"))


def only_target(text):
    (target,) = reading_of(text).targets
    return target


@pytest.mark.parametrize(("value", "text"), cases("comparator"))
def test_comparator(value, text):
    assert only_target(text).comparator == value


@pytest.mark.parametrize(("value", "text"), cases("basis"))
def test_basis(value, text):
    assert only_target(text).basis == value


@pytest.mark.parametrize(("value", "text"), cases("modality"))
def test_modality(value, text):
    assert only_target(text).modality == value


@pytest.mark.parametrize(("value", "text"), cases("value"))
def test_value_and_unit(value, text):
    target = only_target(text)
    assert f"{target.value} {target.unit}".strip() == value.strip()


@pytest.mark.parametrize(("value", "text"), cases("indicator"))
def test_indicator(value, text):
    assert "｜".join(one.indicator for one in reading_of(text).targets) == value


@pytest.mark.parametrize(("value", "text"), cases("role"))
def test_role(value, text):
    roles = [one.role for one in reading_of(text).mentions]
    assert (roles[0] if roles else "nothing") == value


@pytest.mark.parametrize(("value", "text"), cases("kind"))
def test_kind_and_objects(value, text):
    found = reading_of(text).commitments
    said = f"{found[0].kind} {'｜'.join(one.object for one in found)}" if found else "nothing"
    assert said == value


@pytest.mark.parametrize(("value", "text"), cases("stage"))
def test_stage(value, text):
    assert {one.stage for one in reading_of(text).commitments} == {value}
