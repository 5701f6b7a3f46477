"""Who reads what: by role, by the tree of bodies, by the list's visibility."""

import pytest

from luoshi.people.actor import Actor
from luoshi.people.may_see import may_see
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster

ROSTER = Roster.of([Body("fgj", "县发改局"), Body("tzk", "投资科", parent="fgj"), Body("jtj", "县教体局")])


def _actor(role, body="fgj"):
    return Actor("li", "李", (Post("p", body, role),))


READS_ALL = {Role.SUPERVISOR, Role.LEADER, Role.AUDITOR}
ADMINISTRATORS = {Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("visible", "owners", "for_units", "for_administrators"),
    [
        ("owners", ["fgj"], True, False),
        ("owners", ["jtj", "fgj"], True, False),
        ("owners", ["tzk"], True, False),  # the bureau sees what its offices own
        ("owners", ["jtj"], False, False),
        ("owners", [], False, False),
        ("county", ["jtj"], True, False),
        ("county", [], True, True),  # registers such as bodies and posts belong to nobody
        ("public", ["jtj"], True, True),
    ],
)
def test_reading_follows_role_tree_and_visibility(role, visible, owners, for_units, for_administrators):
    expected = role in READS_ALL or (for_administrators if role in ADMINISTRATORS else for_units)
    assert may_see(_actor(role), visible, owners, ROSTER) is expected


def test_an_office_does_not_see_what_its_bureau_owns():
    assert not may_see(_actor(Role.DESK_OFFICER, "tzk"), "owners", ["fgj"], ROSTER)


@pytest.mark.parametrize(("visible", "seen"), [("owners", False), ("county", False), ("public", True)])
def test_without_a_post_only_what_is_public_is_seen(visible, seen):
    assert may_see(Actor("guest", "访客"), visible, ["fgj"], ROSTER) is seen


def test_an_administrator_who_also_sits_in_a_unit_reads_as_the_unit_does():
    both = Actor("li", "李", (Post("a", "fgj", Role.SYSTEM_ADMINISTRATOR), Post("b", "jtj", Role.DESK_OFFICER)))
    assert may_see(both, "owners", ["jtj"], ROSTER)
    assert not may_see(both, "owners", ["fgj"], ROSTER)


def test_an_unknown_visibility_shows_nothing():
    assert not may_see(_actor(Role.SUPERVISOR), "everyone", ["fgj"], ROSTER)
