"""Where a rule, a parameter or a published figure comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """来源: the document a rule or a figure rests on; ``title`` empty means unverified (domain.md [M]).

    ``article`` is the clause (第八条), ``number`` the document number (〔2023〕12号), ``adr`` the house
    decision when no outside source exists.
    """

    title: str = ""
    issuer: str = ""
    number: str = ""
    article: str = ""
    url: str = ""
    adr: str = ""

    @classmethod
    def of(cls, data: Mapping[str, object] | None) -> Source:
        """The source written in a data file; unknown keys are refused.

        Raises:
            ValueError: a key that is no part of a source.
        """
        known = set(cls.__dataclass_fields__)
        for key in data or {}:
            if key not in known:
                raise ValueError(f"source has no key {key!r}; it knows {', '.join(sorted(known))}")
        return cls(**{key: str(value) for key, value in (data or {}).items() if value is not None})

    @property
    def is_verified(self) -> bool:
        """Whether a document or a house decision is named."""
        return bool(self.title or self.adr)

    def __str__(self) -> str:
        named = "".join(part for part in (f"《{self.title}》" if self.title else "", self.number, self.article))
        return named or ("本系统约定" if self.adr else "来源待核实")
