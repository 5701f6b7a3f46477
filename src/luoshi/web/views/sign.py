"""签发: the unit's head sees what changed and signs all at once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from luoshi.acts.handle_reports import hold_back_reports, sign_reports
from luoshi.people.role import Role
from luoshi.store.queries import approvals
from luoshi.terms.refusal import Refusal, Refused
from luoshi.web.address import address, entry_address
from luoshi.web.desk import context, desk
from luoshi.web.form import as_seen, chosen_versions, require_choice


def sign(request: HttpRequest) -> HttpResponse:
    """What waits for the reader's signature."""
    reader = desk(request)
    if not reader.actor.has(Role.UNIT_HEAD):
        raise Refused(Refusal("web.not_unit_head", "签发由单位负责人办理。", 403))
    refusal = None
    if request.method == "POST":
        shown = chosen_versions(request.POST.getlist("report"))
        chosen = list(shown)
        try:
            require_choice(chosen)
            if request.POST.get("move") == "hold_back":
                hold_back_reports(context(request), chosen, request.POST.get("reason", ""), as_seen(shown))
                messages.success(request, f"已退回经办人{len(chosen)}项。")
            else:
                sign_reports(context(request), chosen, as_seen(shown))
                messages.success(request, f"已签发{len(chosen)}项，送督查室审核。")
            return redirect("sign")
        except Refused as refused:
            refusal = refused.refusal
    rows = approvals.to_sign(reader)
    ticked = chosen_versions(request.POST.getlist("report"))
    for row in rows:
        row["chosen"] = row["id"] in ticked
        row["href"] = entry_address(row["commitment"])
        for file in row["files"]:
            file["href"] = address("evidence", file["id"])
    body = "、".join(reader.label(code) for code in reader.bodies_as(Role.UNIT_HEAD))
    changed = sum(1 for row in rows if row["delta"])
    flagged = sum(1 for row in rows if row["flags"])
    said = [f"{len(rows)}项待签发", f"{changed}项与上月不同", *([f"{flagged}项有提示，须逐项勾选"] if flagged else [])]
    values = {
        "section": "sign",
        "title": "签发",
        "rows": rows,
        "body": body,
        "sentence": "，".join(said) if rows else "",
        "reason": request.POST.get("reason", ""),
        "refusal": refusal,
    }
    return render(request, "luoshi/sign.html", values, status=refusal.status if refusal else 200)
