"""代理: for some days another account acts in a post while its holder is away; every fact then names both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.lists.entry import Entry
from luoshi.lists.move import Birth
from luoshi.lists.value import parse
from luoshi.people.role import KEEPERS, Role, unseparated
from luoshi.people.roster import Delegation, Post
from luoshi.store import definitions
from luoshi.store.append import append
from luoshi.store.models import Account
from luoshi.terms.refusal import FieldError, Refusal, Refused

NEVER = frozenset({Role.DEPUTY})
"""A deputy votes in person: one vote each, never another's."""
LONGEST = 366
"""Days; who is away for longer hands the post over. A bound of the program, from no rule."""


@act
def delegate_post(context: Context, post_id: str, typed: Mapping[str, object], reason: str = "") -> Entry:
    """Name who acts in a post from one day to another, both included; its holder may still act.

    Args:
        typed: ``delegate`` (the sign-in name), ``first_day`` and ``last_day``, as typed.

    Raises:
        Refused: neither the post's holder nor a keeper of posts asks; the post is vacant, another's or a deputy's; the
            delegate holds no post here, is the holder, or would hold two of the separated three; or the days are bad.
    """
    post = _own_post(context, post_id)
    first, last = _days(context, typed)
    delegate = _delegate(context, post, str(typed.get("delegate") or "").strip())
    _require_free(context, post, delegate.username, first, last)
    held(context, post_id)  # that nobody hands the post over meanwhile
    roster = context.circumstances.roster
    place = f"{roster.label(post.body)}{post.title or post.role.label}"
    values = {
        "text": f"{delegate.name}代理{place}{post.holder_name}",
        "post": post.id,
        "body": post.body,
        "principal": post.holder,
        "principal_name": post.holder_name,
        "delegate": delegate.username,
        "delegate_name": delegate.name,
        "first_day": first,
        "last_day": last,
    }
    birth = Birth(f"delegation:{context.act_id}", context.county)
    definition = definitions.current("delegation")
    return append([decided(context, definition, birth, "appoint", values, reason)], context.act_id)[0]


@act
def end_delegation(context: Context, identity: str, reason: str = "", version: int | None = None) -> Entry:
    """End a delegation before its last day; from this moment it gives no right.

    Raises:
        Refused: neither its principal nor a keeper of posts asks, or it was ended already.
    """
    entry = held(context, identity, version)
    if entry.list != "delegation":
        raise refuse("acts.no_delegation", "这一条目不是岗位代理。", 404, entry=identity)
    if context.actor.account != entry["principal"] and not _is_keeper(context):
        raise _not_yours()
    return append([decided(context, definition_of(entry), entry, "end", {}, reason)], context.act_id)[0]


def _is_keeper(context: Context) -> bool:
    """By a post of one's own: a delegate of a keeper does not hand out posts."""
    return any(post.role in KEEPERS and not post.acting_for for post in context.actor.posts)


def _own_post(context: Context, post_id: str) -> Post:
    post = next((one for one in context.circumstances.roster.posts if one.id == post_id), None)
    if post is None or not post.holder or not post.stands_on(context.today):
        raise refuse("acts.no_post_to_delegate", "这一岗位不存在，或者没有人任职，不能指定代理。", 404, post=post_id)
    if post.holder != context.actor.account and not _is_keeper(context):
        raise _not_yours()
    if post.role in NEVER:
        raise refuse("acts.never_delegated", f"{post.role.label}须本人履职，不能由他人代理。", 409, post=post_id)
    return post


def _not_yours() -> Refused:
    return refuse("acts.not_your_post", "只有任职人本人、督查室或系统管理员可以指定和结束这一岗位的代理。", 403)


def _days(context: Context, typed: Mapping[str, object]) -> tuple[date, date]:
    fields = definitions.current("delegation").fields
    found: dict[str, date] = {}
    errors: list[FieldError] = []
    for name in ("first_day", "last_day"):
        day = parse(fields[name], typed.get(name))
        if isinstance(day, date):
            found[name] = day
        else:
            errors.append(day if isinstance(day, FieldError) else FieldError(name, f"请填写“{fields[name].label}”。"))
    first, last = found.get("first_day"), found.get("last_day")
    if first and last and last < first:
        errors.append(FieldError("last_day", "代理结束日期不能早于开始日期。", last.isoformat()))
    elif last and last < context.today:
        errors.append(FieldError("last_day", "代理结束日期已经过去。", last.isoformat()))
    elif first and last and (last - first).days >= LONGEST:
        errors.append(FieldError("last_day", f"代理最长{LONGEST}天，时间更长的请办理岗位交接。", last.isoformat()))
    if errors or first is None or last is None:
        raise Refused(Refusal("acts.bad_delegation", errors[0].message, 422, errors=tuple(errors)))
    return first, last


def _delegate(context: Context, post: Post, username: str) -> Account:
    roster, account = context.circumstances.roster, Account.objects.filter(username=username, is_active=True).first()
    roles = {one.role for one in roster.posts if one.holder == username and username and one.stands_on(context.today)}
    message = ""
    if account is None or not roles:
        message = "请选择一位在任的人作代理人。"
    elif username == post.holder:
        message = "代理人不能是任职人本人。"
    elif post.role.is_administrator and post.role not in roles:
        message = f"{post.role.label}只能由另一位{post.role.label}代理。"
    elif unseparated({post.role, *roles}) or any(role.is_administrator for role in roles - {post.role}):
        message = "系统、安全、审计三类管理员相互分立，也不代理业务岗位。"
    if account is None or message:
        error = FieldError("delegate", message, username)
        raise Refused(Refusal("acts.bad_delegate", message, 422, errors=(error,)))
    return account


def _require_free(context: Context, post: Post, delegate: str, first: date, last: date) -> None:
    """One delegate for a post at a time: nobody need ask who of several was meant."""

    def meets(one: Delegation) -> bool:
        return (one.post, one.principal) == (post.id, post.holder) and one.first_day <= last and first <= one.last_day

    if any(meets(one) for one in context.circumstances.roster.delegations):
        message = "这一岗位在这些日期里已经有代理，请先结束原来的代理。"
        raise refuse("acts.delegated_already", message, 409, post=post.id, delegate=delegate)
