"""岗位交接: a post changes hands with everything that waits in it; nothing is left with who leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from luoshi.acts.api_tokens import end_tokens
from luoshi.acts.context import Context, act, decided, definition_of, held, refuse
from luoshi.lists.entry import Entry
from luoshi.lists.value import parse
from luoshi.people.role import unseparated
from luoshi.people.roster import Post
from luoshi.store.append import append
from luoshi.store.entries import find_all
from luoshi.store.models import Account
from luoshi.store.outbox import Telling, put
from luoshi.store.queries.desk import Desk, plans_of
from luoshi.store.queries.left_work import LeftWork, left_work
from luoshi.terms.refusal import FieldError, Refusal, Refused


@act
def hand_over_post(
    context: Context, post_id: str, typed: Mapping[str, object], version: int | None = None, *,
    despite_work: bool = False,
) -> tuple[Entry, LeftWork]:  # fmt: skip
    """Give a post another holder, or none; what waits in it is the new holder's from now on.

    Work belongs to posts and bodies, so it passes on by itself; what was tied to the person ends in the same act: the
    delegations the person made in this post, and the tokens of systems that acted for it in this body.

    Args:
        typed: ``holder`` (empty: the post falls vacant), ``holder_name`` and ``since``, the first day, today at the latest.
        despite_work: let the post fall vacant although work waits in it.

    Returns:
        The post, and what has passed on.

    Raises:
        Refused: the actor keeps no posts, the values are bad, the new holder would be two of the separated three, or
            nobody takes over work that waits (``acts.work_waits``).
    """
    entry = held(context, post_id, version)
    if entry.list != "post":
        raise refuse("acts.no_post", "这一条目不是岗位。", 404, entry=post_id)
    values = _values(context, entry, typed)
    post = next((one for one in context.circumstances.roster.posts if one.id == post_id), None)
    left = left_work(_desk(context), post) if post and post.holder and post.holder != values["holder"] else LeftWork()
    if not values["holder"] and left.waiting and not despite_work:
        message = f"这一岗位还有{left.text}没有办完，请填写接任人；确实没有接任人的，请先确认再办。"
        raise refuse("acts.work_waits", message, 409, waiting=left.waiting)
    changes = [decided(context, definition_of(entry), entry, "hand_over", values)]
    changes += [
        decided(context, definition_of(one), one, "end", {}, "岗位交接") for one in find_all(left.delegations).values()
    ]
    after = append(changes, context.act_id)[0]
    end_tokens(context, left.tokens)
    if values["holder"] and left.waiting and post:
        _tell(context, post, str(values["holder"]), left)
    return after, left


def _desk(context: Context) -> Desk:
    plans, _ = plans_of(context.county)
    return Desk(context.actor, context.circumstances.roster, context.today, county=context.county, plans=plans)


def _values(context: Context, entry: Entry, typed: Mapping[str, object]) -> dict[str, object]:
    holder, name = (str(typed.get(key) or "").strip() for key in ("holder", "holder_name"))
    field = definition_of(entry).fields["since"]
    since = parse(field, typed.get("since") or context.today)
    errors: list[FieldError] = []
    account = Account.objects.filter(username=holder).first() if holder else None
    if holder and account and not account.is_active:
        errors.append(FieldError("holder", "这个账号已经停用。", holder))
    if name and not holder:
        errors.append(FieldError("holder", "请填写接任人的账号，有账号才能登录办理。"))
    if holder and not name and account is None:
        errors.append(FieldError("holder_name", "请填写接任人姓名。"))
    if isinstance(since, FieldError):
        errors.append(since)
    elif isinstance(since, date) and since > context.today:
        errors.append(FieldError("since", "交接日期不能晚于今天，请在交接当天办理。", since.isoformat()))
    clash = _clash(context, entry, holder)
    errors += [clash] if clash else []
    if errors:
        raise Refused(Refusal("acts.bad_handover", errors[0].message, 422, errors=tuple(errors)))
    called = name or (account.name if account else "")
    return {"holder": holder, "holder_name": called, "since": since if holder else None, "until": None}


def _clash(context: Context, entry: Entry, holder: str) -> FieldError | None:
    """Nobody becomes two of the separated three (三员分立)."""
    posts = [post for post in context.circumstances.roster.posts if post.stands_on(context.today)]
    own = next((post.role for post in posts if post.id == entry.id), None)
    others = {post.role for post in posts if holder and post.holder == holder and post.id != entry.id}
    two = unseparated({*others, own}) if own else None
    if two is None:
        return None
    message = f"{two[0].label}和{two[1].label}须由不同的人担任（三员分立）。"
    return FieldError("holder", message, holder)


def _tell(context: Context, post: Post, holder: str, left: LeftWork) -> None:
    place = f"{context.circumstances.roster.label(post.body)}{post.title or post.role.label}"
    title = f"{place}已交接给您，有{left.waiting}件待办"
    put([Telling(f"handed_over:{context.act_id}", "handed_over", title, ("todo",), (holder,))], context.now)
