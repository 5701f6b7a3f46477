"""A list that has every kind of field, two states and a clock; and a hand that makes its moves."""

from __future__ import annotations

WALK = """
list: walk
label: 试验清单
title: name
visible: county
source: {adr: 0005-everything-is-an-entry}
fields:
  name: {type: text, label: 名称, required: true, indexed: true}
  words: {type: long_text, label: 说明}
  tags: {type: texts, label: 标签, indexed: true}
  bodies: {type: bodies, label: 单位, indexed: true}
  day: {type: date, label: 日期, indexed: true}
  amount: {type: decimal, label: 数额, indexed: true}
  count: {type: integer, label: 件数}
  is_public: {type: boolean, label: 可公开, indexed: true}
  month: {type: period, label: 月份, indexed: true}
  colour: {type: choice, label: 颜色, indexed: true, of: {red: 红, green: 绿}}
  steps:
    type: rows
    label: 步骤
    columns:
      name: {type: text, label: 名称, required: true}
      due_on: {type: date, label: 时限}
      share: {type: decimal, label: 份额}
states:
  standing: 在册
  closed: {label: 已结, closed: true}
moves:
  begin: {label: 登记, fact: begun, opens: true, to: standing, by: supervisor}
  change:
    label: 更改
    fact: changed
    from: standing
    by: supervisor
    sets: [name, words, tags, bodies, day, amount, count, is_public, month, colour, steps]
  close: {label: 办结, fact: closed, from: standing, to: closed, by: supervisor, reason: required}
  reopen: {label: 重开, fact: reopened, from: closed, to: standing, by: supervisor, sets: day, reason: required}
clocks:
  cure: {label: 时限, starts: begin, stops: close, resumes: reopen, length: 30 days}
"""


class Hand:
    """Decides moves of the list ``walk`` and appends them, an act at a time."""

    def __init__(self, definition, circumstances):
        self.definition, self.circumstances = definition, circumstances

    def change(self, subject, move, typed=None, reason=""):
        from luoshi.lists.move import decide
        from luoshi.terms.refusal import Refusal

        found = decide(self.definition, subject, move, typed or {}, self.circumstances, reason)
        assert not isinstance(found, Refusal), found
        return found

    def begin(self, name, **typed):
        from luoshi.lists.move import Birth

        return self.change(Birth(name, "P"), "begin", {"name": "甲", **typed})

    def append(self, *changes, act_id="act-1"):
        from django.db import transaction

        from luoshi.store.append import append

        with transaction.atomic():
            return append(changes, act_id)
