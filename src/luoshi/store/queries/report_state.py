"""月报状态: where a report stands, in the words of the one who fills it in."""

from __future__ import annotations

_OPEN = {
    "": "未报",
    "submitted": "已提交，待签发",
    "signed": "已签发，待审核",
    "returned": "已退回，请修改后重报",
    "accepted": "已采信",
}
_PENDING = {"": "草稿，尚未提交", "submitted": "已提交，新的改动尚未提交", "returned": "已退回，修改尚未提交"}
_CLOSED = {
    "": "未报，已结账",
    "submitted": "未签发，已结账",
    "signed": "未审核，已结账",
    "returned": "未重报，已结账",
    "accepted": "已采信",
    "unverified": "结账未核实",
}
UNVERIFIED = "结账时还没有采信，不计入本月。确需计入的，请报督查室办理更正；下月照常填报累计数。"


def state_words(state: str, *, is_pending: bool, is_closed: bool) -> str:
    """The state of a report in words.

    Args:
        state: of the list ``report``; empty while nothing was submitted.
        is_pending: something was typed since that was not submitted.
        is_closed: the books of the month are closed; after that nothing can be made up in this sheet.
    """
    if is_closed:
        return _CLOSED.get(state, state)
    return _PENDING[state] if is_pending and state in _PENDING else _OPEN.get(state, state)
