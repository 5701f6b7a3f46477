"""A county's file laid over the shipped one."""

import yaml
from hypothesis import given
from hypothesis import strategies as st

from luoshi.lists.override import check_override, merged, placed_in
from luoshi.terms.finding import Finding, Level
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


def test_changing_what_is_not_there_is_an_error_with_the_nearest_name():
    parent = {"moves": {"close": {"label": "销号"}}, "fields": {"text": {"label": "内容"}}}
    text = "moves:\n  clsoe: {by: leader}\n  look: {label: 回头看}\nfields:\n  zzz: {indexed: true}\nstates:\n  x: 新\n"
    findings = check_override(parent, read_yaml(text, "problem.yaml", "lists"), "problem.yaml")
    assert [(f.id, f.where) for f in findings] == [("lists.E014", "problem.yaml:5"), ("lists.E014", "problem.yaml:2")]
    assert findings[1].hint == "是否应为“close”？"
    assert "没有名称相近的" in findings[0].hint


def test_what_is_removed_in_vain_is_named_with_the_nearest_name():
    child = read_yaml("states:\n  flied: ~\n", "problem.yaml", "lists")
    assert check_override({"states": {"filed": "已登记"}}, child, "problem.yaml")[0].hint == "是否应为“filed”？"


def test_a_finding_about_the_merged_text_is_placed_where_the_override_wrote_it():
    parent = {"label": "甲", "moves": {"close": {"label": "销号", "to": "closed"}}}
    child = read_yaml("list: problem\nmoves:\n  close: {to: colsed}\n", "problem.yaml", "lists")
    text = yaml.safe_dump(merged(parent, child.data), allow_unicode=True, sort_keys=False)
    line = read_yaml(text, "problem.yaml", "lists").line(("moves", "close", "to"))
    here, elsewhere = (Finding("x", Level.ERROR, f"{name}.yaml:{line}", "") for name in ("problem", "target"))
    placed = placed_in(child, text, "problem.yaml", [here, elsewhere])
    assert [finding.where for finding in placed] == ["problem.yaml:3", f"target.yaml:{line}"]
