"""The language in which the console speaks: Chinese, or English when asked for."""

from __future__ import annotations

import os

VARIABLE = "LUOSHI_LANG"


def is_english() -> bool:
    """Whether ``--lang en`` or LUOSHI_LANG asks for English."""
    return os.environ.get(VARIABLE, "").lower().startswith("en")


def said(chinese: str, english: str = "") -> str:
    """The sentence in the language asked for; Chinese where there is no English."""
    return english if english and is_english() else chinese
