from __future__ import annotations

from county import PLAN

from luoshi.acts.numbering import numbered
from luoshi.acts.open_entry import open_entry
from luoshi.store import definitions
from luoshi.store.entries import find_where


def test_a_list_without_a_series_keeps_what_was_typed(running):
    typed = {"text": "山塘漏水"}
    assert numbered(running.supervisor(3, 1), PLAN, definitions.current("problem"), typed) == typed


def test_numbers_run_on_without_gap_and_none_is_typed(running, settings):
    settings.LUOSHI_PACKS = ["national", "petition"]
    definitions._signature_at.cache_clear()
    context = running.supervisor(3, 1)
    for matter in ("甲", "乙"):
        typed = {"matter": matter, "kind": "claim", "way": "letter", "is_first": "是", "number": "我的号"}
        open_entry(context, "petition", PLAN, typed)
    assert [entry["number"] for entry in find_where(PLAN, "petition")] == ["云信〔2023〕1号", "云信〔2023〕2号"]
