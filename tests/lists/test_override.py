"""A county's file laid over the shipped one."""

from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.override import check_override, merged
from luoshi.terms.yaml_text import read_yaml

words = st.sampled_from(["a", "b", "c"])
data = st.recursive(st.text(max_size=3), lambda inner: st.dictionaries(words, inner, max_size=3), max_leaves=8)
mappings = st.dictionaries(words, data, max_size=3)


def test_keys_are_laid_over_mapping_by_mapping_and_null_removes():
    parent = {"label": "问题清单", "states": {"filed": "已登记", "closed": {"label": "已销号", "closed": True}}}
    child = {"label": "整改清单", "states": {"filed": None, "cured": "待验收", "closed": {"label": "销号"}}}
    assert merged(parent, child) == {
        "label": "整改清单",
        "states": {"closed": {"label": "销号", "closed": True}, "cured": "待验收"},
    }


def test_null_within_a_part_that_is_new_leaves_nothing_behind():
    assert merged({}, {"clocks": {"cure": None, "reply": {"length": "5 days"}}}) == {
        "clocks": {"reply": {"length": "5 days"}}
    }
    assert merged({"of": "x"}, {"of": {"a": None}}) == {"of": {}}


@given(mappings)
def test_laying_nothing_over_changes_nothing_and_a_whole_list_replaces_itself(parent):
    assert merged(parent, {}) == parent
    assert merged({}, parent) == parent
    assert merged(parent, parent) == parent


@given(mappings, mappings)
def test_what_the_upper_file_names_holds_and_what_it_does_not_name_stays(parent, child):
    result = merged(parent, child)
    assert merged(result, child) == result
    assert set(result) == set(parent) | set(child)
    assert all(result[key] == value for key, value in parent.items() if key not in child)
    assert all(result[key] == value for key, value in child.items() if isinstance(value, str))


def test_removing_what_is_not_there_is_said_with_its_line():
    parent = {"states": {"filed": "已登记"}, "moves": {"file": {}}}
    child = read_yaml("states:\n  filed: ~\n  flied: ~\nclocks:\n  cure: ~\nlabel: 清单\n", "problem.yaml", "lists")
    findings = check_override(parent, child, "problem.yaml")
    assert [(f.id, f.where) for f in findings] == [("lists.W003", "problem.yaml:3"), ("lists.W003", "problem.yaml:5")]
    assert "states.flied" in findings[0].message


def test_an_override_that_is_no_mapping_removes_nothing():
    assert check_override({}, read_yaml("- a\n", "x.yaml", "lists"), "x.yaml") == []
