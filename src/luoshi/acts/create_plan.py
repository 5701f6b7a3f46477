"""Drawing up the plan of a year, still empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.acts.context import Context, act
from luoshi.acts.open_entry import open_entry
from luoshi.lists.entry import Entry


@dataclass(frozen=True, slots=True)
class NewPlan:
    """新计划: county and year; the plan runs over the calendar year."""

    county_code: str
    county: str
    year: int
    title: str
    is_demo: bool = False

    @property
    def id(self) -> str:
        """The plan's identity: ``330624-2023``."""
        return f"{self.county_code}-{self.year}"


@act
def create_plan(context: Context, plan: NewPlan) -> Entry:
    """Draw up a plan.

    Raises:
        Refused: the county already has a plan for that year, or the actor may not.
    """
    typed = {
        "title": plan.title,
        "county": plan.county,
        "year": plan.year,
        "starts_on": date(plan.year, 1, 1),
        "ends_on": date(plan.year, 12, 31),
        "light_rules": "five-colour",
        "is_demo": plan.is_demo,
    }
    return open_entry(context, "plan", plan.id, typed, entry_id=f"plan:{plan.id}")
