"""Roles have Chinese names; three of them read everything, three keep the system."""

from luoshi.people.role import Role


def test_every_role_has_a_chinese_name_of_its_own():
    assert len({role.label for role in Role}) == len(Role) == 9
    assert Role("unit_head").label == "单位负责人"


def test_supervisor_leader_and_auditor_read_everything_and_no_one_else():
    assert [role.value for role in Role if role.reads_everything] == ["supervisor", "leader", "auditor"]
