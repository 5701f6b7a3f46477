"""Drawing up the plan of a year, still empty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.open_entry import open_entry
from luoshi.lists.entry import Entry


@dataclass(frozen=True, slots=True)
class NewPlan:
    """新计划: county and year; the plan runs over the calendar year. ``light_rules`` is empty for the usual ones."""

    county_code: str
    county: str
    year: int
    title: str
    is_demo: bool = False
    light_rules: str = ""

    @property
    def id(self) -> str:
        """The plan's identity: ``330624-2023``."""
        return f"{self.county_code}-{self.year}"


@act
def create_plan(context: Context, plan: NewPlan) -> Entry:
    """Draw up a plan.

    Raises:
        Refused: it is another county's, the county already has a plan for that year, or the actor may not.
    """
    if plan.county_code != context.county:
        message = f"您在{context.county or '尚未登记的县'}任职，不能为{plan.county_code}建立计划。"
        raise refuse("acts.other_county", message, 403, county=plan.county_code)
    typed = {
        "title": plan.title,
        "county": plan.county,
        "year": plan.year,
        "starts_on": date(plan.year, 1, 1),
        "ends_on": date(plan.year, 12, 31),
        "light_rules": plan.light_rules or "five-colour",
        "is_demo": plan.is_demo,
    }
    return open_entry(context, "plan", plan.id, typed, entry_id=f"plan:{plan.id}")
