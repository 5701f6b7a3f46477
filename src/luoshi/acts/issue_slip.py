"""督办: issuing a numbered supervision slip, usually for a commitment that shows red."""

from __future__ import annotations

from collections.abc import Mapping

from luoshi.acts.context import Context, act, decided, held, refuse
from luoshi.acts.numbering import numbered
from luoshi.acts.open_entry import fresh_ids
from luoshi.lists.entry import Entry
from luoshi.lists.move import Birth
from luoshi.store import definitions, entries
from luoshi.store.append import append, lock


@act
def issue_slip(context: Context, plan: str, typed: Mapping[str, object], *, despite_open: bool = False) -> Entry:
    """Issue a slip with the next number of the year.

    Args:
        despite_open: issue although another slip on the same commitment is still open.

    Raises:
        Refused: one is open already (条例第十五条: 严禁重复督查), the commitment is unknown in the county, values are
            missing, or the actor may not.
    """
    lock([f"plan:{plan}"])
    commitment = str(typed.get("commitment") or "")
    if commitment:
        held(context, commitment)
    if commitment and not despite_open:
        for slip in entries.find_where(plan, "supervision", commitment=commitment):
            if not definitions.version(slip.definition).states[slip.state].closed:
                message = f"该事项已有未办结的督办单{slip['number']}，请先处理或说明为何另发。"
                raise refuse("acts.duplicate_supervision", message, 409, entry=slip.id)
    definition = definitions.current("supervision")
    birth = Birth(next(fresh_ids("supervision", plan)), plan)
    cells = numbered(context, plan, definition, dict(typed))
    return append([decided(context, definition, birth, "issue", cells)], context.act_id)[0]
