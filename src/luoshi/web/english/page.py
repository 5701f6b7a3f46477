"""A finished page in English: its texts and the attributes that are read or heard, nothing else."""

from __future__ import annotations

import re
from html import escape, unescape

from luoshi.web.english.phrase import Say, is_chinese

_TOKENS = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_HEARD = re.compile(
    r'(\s(?:aria-label|aria-description|title|placeholder|alt|label|data-confirm|data-label)=")([^"]*)(")'
)
_BUTTON = re.compile(r'<input[^>]*\stype="(?:submit|button|reset)"')
_VALUE = re.compile(r'(\svalue=")([^"]*)(")')
_RAW = {"script", "style", "textarea"}
"""Elements whose content is never translated: programs, and what somebody typed."""
_BARE = {"option", "title", "text", "tspan", "desc"}
"""Elements that hold no other elements: a text left in Chinese cannot say so there."""
_INLINE = {"a", "abbr", "b", "code", "em", "i", "mark", "small", "span", "strong", "sub", "sup", "time"}


def in_english(html: str, say: Say) -> str:
    """The page with every phrase of the interface in English; a county's own words are marked as Chinese."""
    return _Page(say).rewritten(html)


class _Page:
    """One pass over one page."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._skipped = ""
        self._depth = 0
        self._element = ""
        self._last = " "
        self._begins = True
        self._was_said = False

    def rewritten(self, html: str) -> str:
        tokens = _TOKENS.split(html)
        return "".join(self._tag(token) if place % 2 else self._text(token) for place, token in enumerate(tokens))

    def _tag(self, token: str) -> str:
        found = _TAG.match(token)
        if not found:
            return token
        closes, name = bool(found[1]), found[2].lower()
        if self._skipped:
            if name == self._skipped:
                self._depth += -1 if closes else 1
                self._skipped = self._skipped if self._depth else ""
            return token
        self._element = "" if closes else name
        if name not in _INLINE:
            self._last, self._begins = " ", True
        if closes:
            return token
        if name in _RAW or ' translate="no"' in token:
            self._skipped, self._depth = name, 1
        if name == "html":
            return token.replace('lang="zh-Hans"', 'lang="en"')
        return self._attributes(token) if is_chinese(token) else token

    def _attributes(self, token: str) -> str:
        token = _HEARD.sub(self._attribute, token)
        return _VALUE.sub(self._attribute, token) if _BUTTON.match(token) else token

    def _attribute(self, found: re.Match[str]) -> str:
        said = self._say(unescape(found[2]))
        return found[0] if said is None else f"{found[1]}{escape(said.strip())}{found[3]}"

    def _text(self, token: str) -> str:
        if self._skipped or not token.strip():
            self._last = " " if token else self._last
            return token
        said = None if token.isascii() else self._say(unescape(token))
        if said is None:
            own = not token.isascii() and self._element not in _BARE
            return self._gap(token, is_said=False) + (f'<span lang="zh-Hans">{token}</span>' if own else token)
        if self._begins:
            said = said[:1].upper() + said[1:]
        return self._gap(said, is_said=True) + escape(said, quote=False)

    def _gap(self, words: str, *, is_said: bool) -> str:
        """The blank that Chinese does not need between a phrase and the link, name or figure beside it."""
        touches = self._last.isalnum() and (words[:1].isalnum() or words[:1] == "(")
        gap = " " if touches and (is_said or self._was_said) else ""
        self._last, self._begins, self._was_said = words[-1:] or " ", False, is_said
        return gap
