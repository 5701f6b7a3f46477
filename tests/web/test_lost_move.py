"""What was typed into a form whose entry somebody else has moved on is shown again, beside the newer state."""

from __future__ import annotations

from county import EDUCATION, PLAN, head_of

from luoshi.acts.issue_slip import issue_slip
from luoshi.acts.move_entry import move_entry
from luoshi.store.entries import find


def test_a_reply_to_a_slip_withdrawn_meanwhile_is_shown_to_be_copied(county, sign_in):
    typed = {
        "matter": "加快进度", "origin": "report", "urgency": "normal", "lead_body": EDUCATION, "demand": "请加快",
        "due_on": "2023-10-20",
    }  # fmt: skip
    slip = issue_slip(county.supervisor(9, 26), PLAN, typed)
    head = sign_in(head_of(EDUCATION))
    head.post(f"/entries/{slip.id}/moves/receive/", {"version": str(slip.version)})
    assert find(slip.id).state == "received"
    version = find(slip.id).version
    move_entry(county.supervisor(9, 27), slip.id, "withdraw", {}, "重复")
    late = head.post(
        f"/entries/{slip.id}/moves/reply/", {"version": str(version), "reply": "已完成主体工程，附验收单。"}
    )
    html = late.content.decode()
    assert late.status_code == 409
    assert "需要的请先抄下" in html
    assert "已完成主体工程，附验收单。" in html
    assert "已填内容都还在" not in html
