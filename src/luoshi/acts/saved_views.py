"""视图: how someone looks at a list, kept for the next time, for oneself or for the whole county. No facts."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from luoshi.acts.context import Context, act, refuse
from luoshi.people.role import Role
from luoshi.store import definitions
from luoshi.store.models import Account, SavedView
from luoshi.terms.refusal import FieldError, Refusal, Refused

MOST = 30
"""How many views of one list an account keeps."""
_LONGEST = 1000
_PASSING = {"page", "csrfmiddlewaretoken"}
"""What an address says that belongs to no view."""


@act
def save_view(context: Context, name: str, label: str, query: str, *, is_shared: bool = False) -> SavedView:
    """Keep how a list is looked at; the same label once more replaces what it meant.

    Args:
        name: the list.
        query: the filters, order and columns as the address of the page writes them.
        is_shared: shown to everybody of the county; for the supervision desk only.

    Raises:
        Refused: an unknown list, no label, too many views, or shared by someone who may not.
    """
    if name not in definitions.lists_in_force():
        raise refuse("acts.unknown_list", "没有这张清单。", 404, list=name)
    if is_shared and not context.actor.has(Role.SUPERVISOR):
        raise refuse("acts.view_right", "全县可见的视图由督查室保存。", 403)
    kept = urlencode([(key, text) for key, text in parse_qsl(query) if key not in _PASSING])
    errors = _errors(label.strip(), kept)
    if errors:
        raise Refused(Refusal("acts.bad_view", errors[0].message, 422, errors=tuple(errors)))
    owner = Account.objects.get(username=context.actor.account)
    mine = SavedView.objects.filter(account=owner, list=name)
    if mine.exclude(name=label.strip()).count() >= MOST:
        raise refuse("acts.many_views", f"一张清单最多保存{MOST}个视图，请先删去不用的。", 409)
    view, _ = SavedView.objects.update_or_create(
        account=owner, list=name, name=label.strip(),
        defaults={"query": kept, "is_shared": is_shared, "county": context.county},
    )  # fmt: skip
    return view


@act
def drop_view(context: Context, identity: int) -> None:
    """Forget a view of one's own.

    Raises:
        Refused: it is not the actor's.
    """
    gone, _ = SavedView.objects.filter(pk=identity, account__username=context.actor.account).delete()
    if not gone:
        raise refuse("acts.unknown_view", "没有这个视图，或者是别人保存的。", 404)


def _errors(label: str, query: str) -> list[FieldError]:
    errors = []
    if not 0 < len(label) <= 32:
        errors.append(FieldError("label", "请给视图起个名字，不超过32个字。", label))
    if len(query) > _LONGEST:
        errors.append(FieldError("label", "条件太多，不能保存为视图。"))
    return errors
