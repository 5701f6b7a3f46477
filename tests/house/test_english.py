"""Whoever adds a Chinese sentence to a page adds its English (docs/adr/0016)."""

from __future__ import annotations

import importlib.util

import pytest


@pytest.fixture(scope="module")
def tool(root):
    described = importlib.util.spec_from_file_location("english_tool", root / "tools" / "english.py")
    made = importlib.util.module_from_spec(described)
    described.loader.exec_module(made)
    return made


def test_every_phrase_a_page_can_show_has_english(tool):
    from luoshi.web.english.translator import translator

    say = translator().say
    assert [(place, phrase) for phrase, place in tool.phrases().items() if say(phrase) is None] == []


def test_phrases_are_gathered_from_programs_templates_and_packs(tool):
    program = 'def f(n):\n    """文档。"""\n    return f"还有{n}项", "完成", re.compile("不是")\n'
    assert set(tool.python(program)) == {"还有{}项", "完成"}
    page = '<p title="{{ a }}件">共{{ n }}项{% if x == "甲" %}，其中{{ m }}项{% endif %}</p>'
    assert {"甲", "{}件", "共{}项", "，其中{}项"} <= set(tool.template(page))
    assert set(tool.pack({"label": "清单", "states": {"a": "待办"}, "moves": {"b": {"label": "办", "to": "完"}}})) == {
        "清单", "待办", "办",
    }  # fmt: skip
