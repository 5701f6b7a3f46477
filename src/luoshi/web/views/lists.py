"""清单: the index, any list, all commitments together, export as it stands."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.saved_views import drop_view, save_view
from luoshi.store.queries import commitments as promised
from luoshi.store.queries import lights, listing
from luoshi.store.queries.desk import Desk
from luoshi.store.queries.listing import Choice
from luoshi.store.queries.make_up import make_up
from luoshi.store.queries.views import views_of
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.paging import page_of, whole_number
from luoshi.web.posted import posted_only
from luoshi.web.table_file import csv_file, xlsx_file
from luoshi.web.views.list_sheet import sheets

NOT_FILTERS = {"page", "sort", "period", "as_of", "plan", "show"}
"""What an address of a list says besides its filters; ``show`` names a column, once for each."""


def lists(request: HttpRequest) -> HttpResponse:
    """All lists of the plan."""
    reader = desk(request)
    found = listing.index(reader)
    for item in found:
        item["href"] = address("list", item["name"])
    values = {"section": "lists", "title": "清单", "lists": found, "make_up": _make_up(reader)}
    return render(request, "luoshi/lists.html", values)


def _make_up(reader: Desk, *names: str) -> str:
    """How the totals of the lists of targets and tasks agree with the lights; for those who see both whole."""
    if not reader.actor.reads_everything or not reader.plan:
        return ""
    found = make_up(reader)
    return "".join([*(found.of_list(name) for name in names or ("target", "task")), found.sentence])


def _choice(request: HttpRequest, has_period: bool = False) -> Choice:
    """What was chosen; ``period`` filters only lists with a field of that name, else it is the month shown."""
    apart = NOT_FILTERS - {"period"} if has_period else NOT_FILTERS
    filters = {name: text.strip() for name, text in request.GET.items() if name not in apart}
    return Choice(filters, request.GET.get("sort", ""), page_of(request), tuple(request.GET.getlist("show")))


def _again(request: HttpRequest, **changed: Any) -> str:
    kept = {name: texts for name, texts in request.GET.lists() if any(texts) and name != "page"}
    return "?" + urlencode({**kept, **{name: str(value) for name, value in changed.items()}}, doseq=True)


def pages(request: HttpRequest, page: int, count: int, total: int) -> dict[str, Any]:
    """The links to the pages before and after."""
    return {
        "number": page,
        "pages": count,
        "total": total,
        "previous": _again(request, page=page - 1) if page > 1 else "",
        "next": _again(request, page=page + 1) if page < count else "",
    }


def entries(request: HttpRequest, name: str) -> HttpResponse:
    """One list, filtered and sorted."""
    choice = _choice(request, "period" in listing.definition_named(name).fields)
    found = listing.list_page(desk(request), name, choice)
    for row in found["rows"]:
        row["href"] = entry_address(row["id"])
        for cell in row["cells"]:
            cell["href"] = f"{row['href']}#why" if cell["light"] else ""
    for column in found["columns"]:
        column["href"] = _again(request, sort=column["sort"]) if column["sort"] else ""
    for item in found["moves"]:
        item["href"] = address("list-move", name, item["move"])
    for opening in found["openings"]:
        opening["href"] = (
            address("supervision-new") if name == "supervision" else address("open", name, opening["move"])
        )
    query = request.GET.urlencode()
    values = {
        "section": "lists",
        "title": found["label"],
        "page": pages(request, found["page"], found["pages"], found["total"]),
        "exports": {kind: f"{address('export', name, kind)}{'?' + query if query else ''}" for kind in ("xlsx", "csv")},
        "views": _views(request, name),
        "sheets": sheets(desk(request), listing.definition_named(name), query),
        "view_action": address("view", name),
        "query": query,
        "shown": choice.columns,
        "may_share": desk(request).is_supervisor,
        "filtered": any(choice.filters.values()),
        "clear": address("list", name),
        "sort": choice.sort,
        "totals": found["foot"],
        "make_up": _make_up(desk(request), name) if name in {"target", "task"} else "",
    }
    return render(request, "luoshi/list.html", {**found, **values})


def _views(request: HttpRequest, name: str) -> list[dict[str, Any]]:
    """The kept ways of looking at the list, the one in use marked."""
    now = urlencode([(key, text) for key, text in parse_qsl(request.GET.urlencode()) if key != "page"])
    return [
        {**view, "href": f"{address('list', name)}?{view['query']}", "current": view["query"] == now}
        for view in views_of(desk(request), name)
    ]


@posted_only
def view(request: HttpRequest, name: str) -> HttpResponse:
    """Keep the way a list is looked at, or forget one."""
    gone = whole_number(request.POST.get("drop", ""))
    if gone is not None:
        drop_view(context(request), gone)
        messages.success(request, "视图已删去。")
        return redirect("list", name)
    label, query = request.POST.get("label", ""), request.POST.get("query", "")
    kept = save_view(context(request), name, label, query, is_shared="shared" in request.POST)
    messages.success(request, f"已保存视图“{kept.name}”。")
    return redirect(f"{address('list', name)}?{kept.query}")


def export(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """A list as it stands, with its filters: Excel, or CSV with a byte-order mark."""
    reader = desk(request)
    if name == "commitments":
        if all(post.role.is_administrator for post in reader.actor.posts):
            raise Refused(Refusal("web.administrators_only", "系统、安全、审计三类管理员不查看业务内容。", 403))
        heads, lines = _commitment_lines(reader, _choice(request))
        figures = [at for at, head in enumerate(heads) if head in {"第几项", "完成率(%)", "序时(%)"}]
        label = "承诺事项"
        foot: list[str] = []
    else:
        definition = listing.definition_named(name)
        found = listing.list_file(reader, definition, _choice(request, "period" in definition.fields))
        heads, lines, figures, foot = found.heads, found.lines, found.figures, found.foot
        label = definition.label
    if kind not in {"xlsx", "csv"}:
        raise Http404
    if kind == "csv":
        return csv_file(label, heads, [*lines, *([foot] if foot else [])])
    return xlsx_file(label, heads, lines, figures, foot)


def _commitment_lines(reader: Desk, choice: Choice) -> tuple[list[str], list[list[str]]]:
    rows = promised.table(reader, promised.filtered(reader, choice.filters).order_by("id").values(*promised.ROW))
    heads = ["第几项", "事项", "原文", "目标", "最新", "完成率(%)", "序时(%)", "灯", "原因", "牵头单位", "责任领导"]
    keys = (
        "task",
        "name",
        "quote",
        "target",
        "actual",
        "percent_text",
        "expected_text",
        "word",
        "reason",
        "lead",
        "leader",
    )
    shown = [{**row, "word": row["light"]["word"] if row["light"] else ""} for row in rows]
    return heads, [[str(row[key]) for key in keys] for row in shown]


def commitments(request: HttpRequest) -> HttpResponse:
    """Targets, projects, honours and events together, as lights count them."""
    reader, choice = desk(request), _choice(request)
    rows = promised.filtered(reader, choice.filters).order_by("id")
    total = rows.count()
    count = max(1, -(-total // listing.PAGE))
    page = page_of(request, count)
    held = promised.table(reader, rows[(page - 1) * listing.PAGE : page * listing.PAGE].values(*promised.ROW))
    filters = _commitment_filters(reader, choice)
    said = [
        f"{item['label']}是{dict(item['options']).get(item['value'], item['value']).split('　')[0]}"
        for item in filters
        if item["value"]
    ] + (["由本单位牵头或配合"] if choice.filters.get("own") else [])
    query = request.GET.urlencode()
    values = {
        "section": "tasks",
        "title": "承诺事项",
        "rows": held,
        "hidden": any(not row["seen"] for row in held),
        "filters": filters,
        "sentence": f"{'，'.join(said)}：共{total}项" if said else f"共{total}项",
        "filtered": bool(said),
        "own": choice.filters.get("own", ""),
        "period_code": str(reader.period or ""),
        "make_up": "" if said else make_up(reader).sentence,
        "clear": address("commitments"),
        "page": pages(request, page, count, total),
        "exports": {
            kind: f"{address('export', 'commitments', kind)}{'?' + query if query else ''}" for kind in ("xlsx", "csv")
        },
    }
    for row in held:
        row["href"] = entry_address(row["id"]) if row["seen"] else ""
    return render(request, "luoshi/commitments.html", values)


def _commitment_filters(reader: Desk, choice: Choice) -> list[dict[str, Any]]:
    colours = [(colour.key, f"{colour.word}　{colour.meaning}") for colour in lights.rules_of(reader).colours.values()]
    chosen = choice.filters.get("light", "")
    if "," in chosen:
        words = dict(colours)
        colours.append((chosen, "、".join(words[key].split("　")[0] for key in chosen.split(",") if key in words)))
    filters: list[dict[str, Any]] = [
        {"name": "area", "label": "方面", "options": promised.areas(reader)},
        {
            "name": "lead_body",
            "label": "牵头单位",
            "options": [(b.code, b.label) for b in reader.roster.bodies.values()],
        },
        {"name": "light", "label": "灯", "options": colours},
        {"name": "q", "label": "名称含", "options": []},
    ]
    return [{**item, "value": choice.filters.get(item["name"], "")} for item in filters]
