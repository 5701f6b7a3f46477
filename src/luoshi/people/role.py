"""Roles a post can carry (design.md §7)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """角色: what a post is there to do."""

    SUPERVISOR = "supervisor"  # 督查室: imports, assigns, chases, closes
    LEADER = "leader"  # 县领导: reads everything, is asked for decisions
    UNIT_HEAD = "unit_head"  # 单位负责人: signs
    DESK_OFFICER = "desk_officer"  # 经办人: fills
    DEPUTY = "deputy"  # 人大代表: votes; answers for no body
    AUDITOR = "auditor"  # 审计: reads all, writes nothing
    SYSTEM_ADMINISTRATOR = "system_administrator"  # 三员: no business data
    SECURITY_ADMINISTRATOR = "security_administrator"
    AUDIT_ADMINISTRATOR = "audit_administrator"

    @property
    def label(self) -> str:
        """The role's name on screen."""
        return _LABELS[self]

    @property
    def reads_everything(self) -> bool:
        """Whether the role sees the entries of every body."""
        return self in {Role.SUPERVISOR, Role.LEADER, Role.AUDITOR}

    @property
    def is_administrator(self) -> bool:
        """Whether it is one of the separated three (三员), who keep the system and read no body's business."""
        return self in {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}


def unseparated(roles: Iterable[Role]) -> tuple[Role, Role] | None:
    """Two roles among these that one person must not hold together, or None.

    The separated three keep watch over each other (三员分立, domain.md §14.5), so nobody is two of them.
    """
    kept = [role for role in Role if role.is_administrator and role in set(roles)]
    return (kept[0], kept[1]) if len(kept) > 1 else None


_LABELS = {
    Role.SUPERVISOR: "督查室",
    Role.LEADER: "县领导",
    Role.UNIT_HEAD: "单位负责人",
    Role.DESK_OFFICER: "经办人",
    Role.DEPUTY: "人大代表",
    Role.AUDITOR: "审计员",
    Role.SYSTEM_ADMINISTRATOR: "系统管理员",
    Role.SECURITY_ADMINISTRATOR: "安全管理员",
    Role.AUDIT_ADMINISTRATOR: "审计管理员",
}


KEEPERS = (Role.SUPERVISOR, Role.SYSTEM_ADMINISTRATOR)
"""Who opens and closes accounts, names delegates for posts of others, and delivers letters again."""
