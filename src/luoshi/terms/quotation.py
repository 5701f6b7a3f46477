"""引号: words of others inside a sentence of ours (GB/T 15834—2011: outer “”, inner ‘’, further inner “” again)."""

from __future__ import annotations

_TURNED = {"“": "‘", "”": "’", "‘": "“", "’": "”"}
_OPENS = {"”": "“", "’": "‘"}


def quoted(text: str) -> str:
    """The text between “ and ”, its own pairs turned one level inwards: “县城‘大三江时代’总体城市设计”.

    A mark without its partner, left over where words were cut from a sentence, is dropped.
    """
    paired = _paired(text)
    inner = "".join(
        _TURNED.get(sign, sign) for place, sign in enumerate(text) if place in paired or sign not in _TURNED
    )
    return f"“{inner}”"


def _paired(text: str) -> set[int]:
    """The places of quotation marks that have their partner."""
    found: set[int] = set()
    opened: list[int] = []
    for place, sign in enumerate(text):
        if sign in _OPENS.values():
            opened.append(place)
        elif sign in _OPENS:
            for depth in range(len(opened) - 1, -1, -1):
                if text[opened[depth]] == _OPENS[sign]:
                    found |= {opened[depth], place}
                    del opened[depth:]
                    break
    return found
