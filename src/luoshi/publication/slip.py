"""督办通知单: the fields of a supervision slip and its number (domain.md §1.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SlipNumber:
    """督办编号: issuing word, year and running number of the year: 新政督〔2023〕12号."""

    word: str
    year: int
    serial: int

    def __post_init__(self) -> None:
        if self.serial < 1 or not 1949 <= self.year <= 9999:
            raise ValueError(f"not a slip number: {self.year}, {self.serial}")

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}〕{self.serial}号"


@dataclass(frozen=True, slots=True)
class Slip:
    """督办单: one matter handed to a body with a deadline; ``source`` says where the matter comes from."""

    issuer: str
    number: SlipNumber
    issued_on: date
    matter: str
    source: str
    requirement: str
    lead: str
    due: date
    cooperating: tuple[str, ...] = ()
    leader: str = ""
    urgency: str = ""
    feedback: str = ""
    signer: str = ""
    contact: str = ""
    is_demo: bool = False
