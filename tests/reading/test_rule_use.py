"""Every rule is used by the phrasings kept as tests."""

from pathlib import Path

import yaml

from luoshi.document import load
from luoshi.reading import read
from luoshi.reading.rule_use import rule_use

FOLDER = Path(__file__).parent / "corpus"
DIMENSIONS = ("basis", "comparator", "indicator", "kind", "modality", "role", "stage", "value")


def phrasings():
    for name in DIMENSIONS:
        for texts in yaml.safe_load((FOLDER / f"{name}.yaml").read_text("utf-8")).values():
            yield from (read(load(f"(一)工作\n{text}\n".encode(), "甲.txt")) for text in texts)


def test_no_rule_is_dead():
    never = {identity for identity, count in rule_use(phrasings()).items() if not count}
    assert never <= {"reading.role.rest"}  # the net under all others; the property tests of reading fall into it


def test_uses_are_counted_once_for_each_proposal():
    used = rule_use([read(load("(一)工作\n新增企业3家、平台5家。\n".encode(), "甲.txt"))])
    assert used["reading.quantity.number"] == 2
    assert used["reading.indicator.taken"] == 1
    assert used["reading.role.offer"] == 0
