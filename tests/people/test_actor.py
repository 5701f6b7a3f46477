"""What an actor's posts allow."""

from luoshi.people.actor import Actor, Grant, no_right, post_for
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster

ROSTER = Roster.of([Body("fgj", "县发改局"), Body("tzk", "投资科", parent="fgj"), Body("jtj", "县教体局")])
DESK = Post("p1", "fgj", Role.DESK_OFFICER)
ACTOR = Actor("li", "李", (DESK, Post("p2", "jtj", Role.UNIT_HEAD), Post("p3", "jtj", Role.DESK_OFFICER)))


def test_an_actor_has_the_roles_and_bodies_of_its_posts():
    assert ACTOR.has(Role.DESK_OFFICER)
    assert not ACTOR.has(Role.SUPERVISOR)
    assert ACTOR.bodies == ("fgj", "jtj")
    assert not ACTOR.reads_everything
    assert Actor("wu", "吴", (Post("p", "fb", Role.LEADER),)).reads_everything


def test_a_grant_without_a_field_asks_for_the_role_alone():
    assert post_for(ACTOR, [Grant(Role.UNIT_HEAD)], {}, ROSTER) == Post("p2", "jtj", Role.UNIT_HEAD)
    assert post_for(ACTOR, [Grant(Role.SUPERVISOR)], {}, ROSTER) is None


def test_a_grant_of_a_field_asks_for_a_post_in_that_body_or_above_it():
    of_lead = [Grant(Role.DESK_OFFICER, "lead_body")]
    assert post_for(ACTOR, of_lead, {"lead_body": ("fgj",)}, ROSTER) is DESK
    assert post_for(ACTOR, of_lead, {"lead_body": ("tzk",)}, ROSTER) is DESK  # the bureau acts for its office
    assert post_for(ACTOR, of_lead, {"lead_body": ("other",)}, ROSTER) is None
    assert post_for(ACTOR, of_lead, {}, ROSTER) is None


def test_an_office_does_not_act_for_its_bureau():
    office = Actor("wu", "吴", (Post("p", "tzk", Role.DESK_OFFICER),))
    assert post_for(office, [Grant(Role.DESK_OFFICER, "body")], {"body": ("fgj",)}, ROSTER) is None


def test_one_of_several_bodies_is_enough_and_grants_are_tried_in_order():
    grants = [Grant(Role.SUPERVISOR), Grant(Role.UNIT_HEAD, "bodies")]
    post = post_for(ACTOR, grants, {"bodies": ("x", "jtj")}, ROSTER)
    assert post is not None
    assert post.id == "p2"


def test_the_refusal_says_who_may_in_chinese():
    refusal = no_right(
        "签发", [Grant(Role.UNIT_HEAD, "body"), Grant(Role.UNIT_HEAD), Grant(Role.SUPERVISOR)], "清单《月报》"
    )
    assert (refusal.id, refusal.status) == ("people.no_right", 403)
    assert refusal.message == "您没有“签发”的权限，此项由单位负责人、督查室办理。"
    assert "无人" in no_right("签发", [], "").message


def test_within_a_body_only_its_posts_are_held():
    assert [post.id for post in ACTOR.within("jtj").posts] == ["p2", "p3"]
    assert ACTOR.within("nowhere").posts == ()
