"""未了事项: what of an open month still waits for somebody, counted before its books are closed."""

from __future__ import annotations

from dataclasses import dataclass

from luoshi.store.due import due, reported
from luoshi.store.models import EntryRow
from luoshi.terms.period import Period

PENDING = ("submitted", "signed", "returned")
"""States of a report that the closing of its month ends (docs/adr/0006)."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """未了事项: how many reports wait for a signature, for verification, for a new report, and how many never came."""

    submitted: int = 0
    signed: int = 0
    returned: int = 0
    unreported: int = 0

    @property
    def pending(self) -> int:
        """The reports that came and are not accepted."""
        return self.submitted + self.signed + self.returned

    @property
    def is_none(self) -> bool:
        """Whether everything due was reported and accepted."""
        return not (self.pending or self.unreported)

    @property
    def text(self) -> str:
        """待签发3项、待审核1项、未报12项; only what there is."""
        counted = (
            ("待签发", self.submitted), ("待审核", self.signed), ("已退回", self.returned), ("未报", self.unreported)
        )  # fmt: skip
        return "、".join(f"{label}{number}项" for label, number in counted if number)


def open_work(plan: str, period: Period) -> OpenWork:
    """What waits in a plan whose window for this month is open; five queries."""
    reports = EntryRow.objects.filter(plan=plan, list="report")
    waiting = {state: reports.filter(state=state).count() for state in PENDING}
    return OpenWork(**waiting, unreported=len(unreported(plan, period)))


def unreported(plan: str, period: Period) -> list[str]:
    """The commitments that are to be reported on for this month and were not; two queries."""
    arrived = reported(plan, period)
    return [name for name in due(plan, period) if name not in arrived]
