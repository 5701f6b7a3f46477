"""Regular expressions that are compiled when they are first used.

The reader has some three hundred; compiling them all took two thirds of the time in which it is loaded. Those asked on
nearly every clause are compiled at once all the same (``re.compile``): asking one of these costs a little less.
"""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "split")


class _Lazy:
    """迟编式: a pattern that becomes one when it is asked for something."""

    def __init__(self, text: str, flags: int) -> None:
        self.pattern, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))  # found at once from now on
        return getattr(compiled, name)


def pattern(text: str, flags: int = 0) -> re.Pattern[str]:
    """The expression, to be compiled at its first use.

    A mistake in it is found then, too: every rule has a test that reads with it.
    """
    return cast("re.Pattern[str]", _Lazy(text, flags))
