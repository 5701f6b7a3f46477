"""luoshi bench reading: the score counts what is right, and a missing library is a row of its own."""

from __future__ import annotations

import sys
from collections import Counter
from fractions import Fraction

import pytest

from luoshi.cli import bench_reading
from luoshi.cli.bench_reading import Tally, score, table, tally
from luoshi.cli.rival_readers import READERS, ReadAmount, base_value, pattern

TEXT = "完成投资15亿元，新增就业5000人以上。"
GOLD = [
    {"start": 4, "quote": "15亿元", "value": 15, "unit": "亿元", "indicator": "完成投资", "comparator": "=", "basis": "absolute"},
    {"start": 13, "quote": "5000人以上", "value": 5000, "unit": "人", "indicator": "新增就业", "comparator": ">=",
     "basis": "absolute"},
]  # fmt: skip


def test_a_pattern_reads_these_completely():
    assert score(pattern()(TEXT), GOLD, folded=False) == Counter(read=2, gold=2, found=2, amount=2, complete=2)


def test_amounts_in_base_units_are_held_against_folded_ones():
    found = [ReadAmount(4, Fraction(1_500_000_000), "元"), ReadAmount(13, Fraction(5000))]
    assert score(found, GOLD, folded=True) == Counter(read=2, gold=2, found=2, amount=1, complete=0)


def test_what_is_read_elsewhere_or_twice_counts_only_as_read():
    found = [
        ReadAmount(0, Fraction(15), "亿元"),
        ReadAmount(4, Fraction(15), "亿元"),
        ReadAmount(4, Fraction(15), "亿元"),
    ]
    assert score(found, GOLD, folded=False) == Counter(read=3, gold=2, found=1, amount=1, complete=0)


@pytest.mark.parametrize(
    ("value", "unit", "base"), [("15", "亿元", 1_500_000_000), ("4.5", "%", Fraction(45, 1000)), ("3", "公里", 3000)]
)
def test_units_are_folded_exactly(value, unit, base):
    assert base_value(value, unit)[0] == base


def test_a_library_that_is_not_installed_is_a_row_of_its_own(monkeypatch):
    for module in ("duckling", "recognizers_number", "jieba_fast_dat"):
        monkeypatch.setitem(sys.modules, module, None)
    rivals = [tally(name, [(TEXT, GOLD)]) for name in READERS if name not in {"本系统", "单一正则"}]
    assert all(one.missing for one in rivals)
    assert table(rivals, 2).count("未安装") == len(rivals) == 3


def test_the_table_gives_scores_where_there_are_annotations():
    held = Tally("单一正则", Counter(read=2, gold=2, found=2, amount=1, complete=0, characters=100), 0.001)
    assert "1.000" in table([held], 2)
    assert "0.500" in table([held], 2)
    assert "100,000" in table([held], 2)
    assert "没有标注" in table([held], 0)


def test_our_reader_is_measured_on_the_same_texts():
    held = tally("本系统", [(f"一、工业\n1.做强工业。{TEXT}\n", [])])
    assert not held.missing
    assert held.counts["characters"] > len(TEXT)
    assert held.seconds > 0
    assert bench_reading.table([held], 0).startswith("识读器")
