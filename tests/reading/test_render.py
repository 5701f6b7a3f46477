"""Readings as lines and as one object."""

import json
from decimal import Decimal

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.render import json_number, render_commitments, render_json, render_jsonl

TEXT = "某县重点任务\n发布时间:2024-01-03\n(一)产业\n1.做强工业。力争新增年产值5亿元企业3—5家，建成青石大桥。\n"


def reading():
    return read(load(TEXT.encode(), "甲.txt"))


def rows(lines):
    return [json.loads(line) for line in lines.splitlines()]


def test_lines_of_mentions_have_exactly_the_fields_of_the_guide():
    condition, target = rows(render_jsonl(reading()))
    assert condition == {"task": 1, "start": 43, "end": 46, "quote": "5亿元", "role": "condition"}
    assert target == {
        "task": 1, "start": 48, "end": 52, "quote": "3—5家", "role": "target", "indicator": "新增年产值5亿元企业",
        "value": 3, "value_max": 5, "unit": "家", "comparator": "=", "basis": "absolute", "baseline": None,
        "modality": "aspire",
    }  # fmt: skip


def test_lines_of_commitments_have_exactly_the_fields_of_the_guide():
    (row,) = rows(render_commitments(reading()))
    assert row == {
        "task": 1, "start": 53, "end": 59, "quote": "建成青石大桥", "kind": "project", "object": "青石大桥",
        "stage": "complete", "modality": "firm",
    }  # fmt: skip


def test_the_object_holds_areas_tasks_regions_findings_and_derivations():
    whole = json.loads(render_json(reading()))
    assert [one["title"] for one in whole["areas"]] == ["产业"]
    assert [one["number"] for one in whole["tasks"]] == [1]
    assert whole["excluded"][0]["name"] == "页面附属信息"
    assert whole["findings"] == []
    assert whole["mentions"][1]["derivation"][0] == {"rule": "reading.quantity.number", "start": 48, "end": 52}
    assert whole["document"]["characters"] == len(TEXT)


def test_numbers_are_written_as_in_the_text():
    assert json_number(Decimal(15)) == 15
    assert json_number(Decimal("7.5")) == 7.5
    assert json_number(Decimal("0.3333")) == 0.3333
    assert json_number(None) is None
