"""Roles have Chinese names; three of them read everything, three keep the system."""

import pytest

from luoshi.people.role import Role, unseparated


def test_every_role_has_a_chinese_name_of_its_own():
    assert len({role.label for role in Role}) == len(Role) == 9
    assert Role("unit_head").label == "单位负责人"


def test_supervisor_leader_and_auditor_read_everything_and_no_one_else():
    assert [role.value for role in Role if role.reads_everything] == ["supervisor", "leader", "auditor"]


@pytest.mark.parametrize(
    ("roles", "clash"),
    [
        ({Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}, (Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)),
        ({Role.SECURITY_ADMINISTRATOR, Role.SUPERVISOR}, None),
        ({Role.DESK_OFFICER, Role.UNIT_HEAD}, None),
        (set(), None),
    ],
)
def test_nobody_is_two_of_the_separated_three(roles, clash):
    assert unseparated(roles) == clash
