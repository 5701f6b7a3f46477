"""What a definition says in good form and cannot mean."""

import pytest

from luoshi.lists.load import read_definition
from luoshi.lists.sense import check_together, nearest

GOOD = """\
list: problem
label: 问题清单
title: text
owners: [body]
source: {title: 政府督查工作条例}
numbering: "{county_short}〔{year}〕{serial}号"
fields:
  number: {type: text, label: 编号, fixed: true, indexed: true}
  text: {type: text, label: 问题, required: true, fixed: true}
  body: {type: body, label: 单位}
  origin: {type: choice, label: 来源, of: {audit: 审计, self: 自查}}
  task: {type: reference, label: 任务, list: task}
  share: {type: decimal, label: 占比, minimum: "0", maximum: "100"}
  nodes:
    type: rows
    label: 节点
    columns:
      name: {type: text, label: 名称}
states:
  filed: 已登记
  closed: {label: 已销号, closed: true}
moves:
  file:
    label: 登记
    fact: filed
    opens: true
    to: filed
    by: supervisor
  close:
    label: 销号
    fact: closed
    from: filed
    to: closed
    by: {role: unit_head, of: body}
    sets: [body, share]
    needs: body
    unless: same_person_as_file
clocks:
  cure: {label: 时限, starts: file, stops: close, length: 60 days}
"""


def _said(text):
    definition, findings = read_definition(text, "p.yaml")
    return definition, [
        (finding.id, int(finding.where.removeprefix("p.yaml:")), finding.message + finding.hint) for finding in findings
    ]


def test_the_good_one_is_good():
    assert _said(GOOD)[1] == []


@pytest.mark.parametrize(
    ("wrong", "right", "line", "words"),
    [
        ("from: flied", "from: filed", 32, "moves.close.from所指的“flied”不存在。是否应为“filed”？"),
        ("to: clsoed", "to: closed", 33, "是否应为“closed”？"),
        ("sets: [body, shar]", "sets: [body, share]", 35, "是否应为“share”？"),
        ("needs: evidence", "needs: body", 36, "moves.close.needs所指的“evidence”不存在"),
        ("of: bodie", "of: body", 34, "是否应为“body”？"),
        ("unless: same_person_as_fiel", "unless: same_person_as_file", 37, "是否应为“same_person_as_file”？"),
        ("unless: on_holiday", "unless: same_person_as_file", 37, "“on_holiday”不存在"),
        ("starts: fille", "starts: file", 39, "是否应为“file”？"),
        ("stops: [closed]", "stops: close", 39, "是否应为“close”？"),
        ("stops: close, resumes: reopen", "stops: close", 39, "“reopen”不存在"),
        ("owners: [boddy]", "owners: [body]", 4, "是否应为“body”？"),
        ("title: name", "title: text", 3, "“name”不存在"),
        ('"100", adds: {unit: unti}}', '"100"}', 13, "fields.share.adds.unit所指的“unti”不存在"),
        ('"100", adds: {alike: [boddy]}}', '"100"}', 13, "是否应为“body”？"),
        ('"100", adds: {only: {orign: audit}}}', '"100"}', 13, "是否应为“origin”？"),
        ('"100", adds: {only: {state: [fild]}}}', '"100"}', 13, "是否应为“filed”？"),
    ],
)
def test_a_name_that_points_nowhere_is_told_the_nearest(wrong, right, line, words):
    definition, said = _said(GOOD.replace(right, wrong, 1))
    assert definition is None
    assert any(identity == "lists.E007" and at == line and words in message for identity, at, message in said), said


@pytest.mark.parametrize(
    ("wrong", "right", "line", "words"),
    [
        ("opens: false\n    from: filed", "opens: true", 22, "没有一个动作能新建条目"),
        ("    opens: true\n    by", "    opens: true\n    to: filed\n    by", 26, "没有写到哪个状态"),
        ("    opens: true\n    from: filed", "    opens: true", 27, "不能再写从哪个状态出发"),
        ("    opens: true\n    unless: same_person_as_close", "    opens: true", 27, "回避（unless）不会起作用"),
        ("", "    from: filed\n", 29, "没有写从哪个状态出发"),
        ("sets: [body, text]", "sets: [body, share]", 35, "一经设立不能更改"),
        ("    opens: true\n    sets: body", "    opens: true", 27, "不能填写必填的“问题”"),
        ("of: text}", "of: body}", 34, "“问题”不是单位"),
        ("owners: [text]", "owners: [body]", 4, "不能作为条目的归属"),
        ("choice, label: 来源}", "choice, label: 来源, of: {audit: 审计, self: 自查}}", 11, "须用of写明"),
        ("self: 审计", "self: 自查", 11, "两个选项同名"),
        ("self: audit", "self: 自查", 11, "两个选项同名"),
        ("type: text, label: 来源", "type: choice, label: 来源", 11, "不是选项，不能写of"),
        ("label: 任务}", "label: 任务, list: task}", 12, "须用list写明"),
        ("type: text, label: 任务", "type: reference, label: 任务", 12, "不能写list"),
        ('minimum: "200"', 'minimum: "0"', 13, "下限200大于上限100"),
        ("type: text, label: 占比", "type: decimal, label: 占比", 13, "不是数字"),
        ("type: body, label: 单位, adds: true", "type: body, label: 单位", 10, "不是数字，不能写adds"),
        ('"100", unit: "%", adds: true}', '"100"}', 13, "以“%”计，是比率，各行不能相加"),
        ("", "    columns:\n      name: {type: text, label: 名称}\n", 14, "须用columns写明"),
        ("type: text\n    label: 节点", "type: rows\n    label: 节点", 17, "不能写columns"),
        ("label: 节点\n    indexed: true", "label: 节点", 17, "不能建索引"),
        ("name: {type: text, indexed: true,", "name: {type: text,", 18, "不能是多行，也不能写indexed或fixed"),
        ("name: {type: choice,", "name: {type: text,", 18, "须用of写明"),
        ("  reason: {type: text, label: 理由}\n  body: {", "  body: {", 10, "不能用作栏目名"),
        ("stops: file", "stops: close", 39, "由同一动作开始又停止"),
        ("length: 2 months, counts: working", "length: 60 days", 39, "以月计"),
        ("{month}", "{year}", 6, "编号格式里没有“month”"),
        ("〕号", "〕{serial}号", 6, "各条编号会相同"),
        ("{year", "{year}", 6, "花括号没有配对"),
    ],
)
def test_what_cannot_be_meant_is_an_error_with_its_line(wrong, right, line, words):
    assert right in GOOD
    definition, said = _said(GOOD.replace(right, wrong, 1))
    assert definition is None
    assert any(identity == "lists.E008" and at == line and words in message for identity, at, message in said), said


def test_a_list_without_a_source_is_usable_and_marked():
    definition, said = _said(GOOD.replace("{title: 政府督查工作条例}", "{}"))
    assert definition is not None
    assert [(identity, line) for identity, line, _ in said] == [("lists.W001", 5)]


def test_a_state_no_move_leads_to_is_a_warning():
    definition, said = _said(GOOD.replace("  closed: {", "  forgotten: 被遗忘\n  closed: {"))
    assert definition is not None
    assert said == [("lists.W002", 21, "没有动作能到达状态“被遗忘”。")]


def test_a_reference_to_a_list_that_does_not_exist_is_told_the_nearest():
    problem, _ = read_definition(GOOD, "problem.yaml")
    task, _ = read_definition(
        GOOD.replace("list: problem", "list: tasks").replace(", list: task}", ", list: tasks}"), "t.yaml"
    )
    (finding,) = check_together({"problem": problem, "tasks": task})
    assert (finding.id, finding.where, finding.hint) == ("lists.E009", "problem.yaml:12", "是否应为“tasks”？")


def test_a_kind_of_bodies_the_roster_does_not_know_is_told_the_nearest(definitions):
    kinds = "body: {type: body, kinds: [town, twon], "
    problem, _ = read_definition(GOOD.replace("body: {type: body, ", kinds), "problem.yaml")
    (finding,) = check_together({"problem": problem, "task": definitions["task"], "body": definitions["body"]})
    assert (finding.id, finding.hint) == ("lists.E015", "是否应为“town”？")
    assert "“twon”" in finding.message


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        (
            "title: text\n",
            "title: text\ntable: [number, txt]\n",
            "表格所列的“txt”不是栏目，也不是计算栏。是否应为“text”？",
        ),
        ("number: {type: text,", "number: {type: integer,", "要编号的清单须有一栏number（text）"),
        ("fixed: true, indexed: true}", "fixed: true}", "编号一栏须写indexed: true"),
    ],
)
def test_what_a_table_and_a_series_need_is_said(wrong, right, said):
    _, found = _said(GOOD.replace(wrong, right, 1))
    assert said in found[0][2]


FIRM = """\
list: firm
label: 企业
title: name
source: {title: 办法}
fields:
  name: {type: text, label: 名称}
  task: {type: reference, label: 任务, list: problem}
states: {open: 在册}
moves:
  file: {label: 登记, fact: filed, opens: true, to: open, by: supervisor}
formulas:
  f: {label: 式, formula: FORMULA}
"""


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("task.share + 1", []),
        ("task.nothing", ["公式里的“task.nothing”不存在。"]),
        ("task.text + 1", ["“+”两边应为数，写的是文字。", "“+”里文字与数不能放在一起。"]),
    ],
)
def test_fields_of_another_list_are_checked_once_it_is_known(formula, said):
    problem, _ = read_definition(GOOD.replace(", list: task}", ", list: problem}"), "problem.yaml")
    firm, findings = read_definition(FIRM.replace("FORMULA", formula), "firm.yaml")
    assert firm, findings
    assert [finding.message for finding in check_together({"problem": problem, "firm": firm})] == said


def test_with_nothing_near_all_known_words_are_offered():
    assert nearest("zzz", ["day", "month"]) == "可用：day、month。"


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        ("{commitment: 整改率, from: shar}", "是否应为“share”"),
        ("[{commitment: 整改率, from: last}]", "不是数，不能作为"),
        ("{commitment: 整改率, form: share}", "是否应为“from”"),
    ],
)
def test_what_feeds_a_commitment_is_a_measure_that_is_a_number(letter, feed, said):
    measures = "measures: {share: {label: 数, formula: count(*)}, last: {label: 末日, formula: max(opened_on)}}"
    _, findings = read_definition(f"{letter}\n{measures}\nfeeds: {feed}\n", "letter.yaml")
    assert said in " ".join(f"{finding.message}{finding.hint}" for finding in findings)
