import re

import pytest

from luoshi.terms import pattern as module
from luoshi.terms.pattern import pattern


def test_a_pattern_does_what_a_compiled_one_does():
    text = "完成投资65亿元以上，新增12家"
    lazy, compiled = pattern(r"(?P<number>\d+)(.)"), re.compile(r"(?P<number>\d+)(.)")
    assert lazy.search(text)["number"] == compiled.search(text)["number"]
    assert lazy.findall(text) == compiled.findall(text)
    assert lazy.sub("N", text) == compiled.sub("N", text)
    assert lazy.split(text) == compiled.split(text)
    assert [found.span() for found in lazy.finditer(text, 5)] == [found.span() for found in compiled.finditer(text, 5)]
    assert (lazy.match(text), lazy.fullmatch("65亿") is None) == (None, False)
    assert lazy.pattern == compiled.pattern
    assert lazy.groupindex == compiled.groupindex


def test_it_is_compiled_once_and_at_its_first_use(monkeypatch):
    compiled = []
    whole = re.compile
    monkeypatch.setattr(module.re, "compile", lambda *given: compiled.append(given) or whole(*given))
    lazy = pattern("[一二三]", re.IGNORECASE)
    assert lazy.pattern == "[一二三]"
    assert compiled == []
    assert [bool(lazy.search(text)) for text in ("一", "四", "三")] == [True, False, True]
    assert compiled == [("[一二三]", re.IGNORECASE)]


def test_a_mistake_is_found_when_it_is_used():
    with pytest.raises(re.error):
        pattern("(").search("x")
