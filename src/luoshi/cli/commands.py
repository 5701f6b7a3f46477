"""Which commands there are; nothing is imported until one is called."""

from __future__ import annotations

from luoshi.cli.group import Place

COMMANDS = {
    "init": Place("luoshi.cli.init", "建立一个县的落实：数据库、密钥、管理员、花名册", "Start a county: database, key, administrators, roster"),
    "read": Place("luoshi.cli.read", "识读一份文件，列出其中的目标和承诺", "Read a document and list what it promises"),
    "adopt": Place("luoshi.cli.adopt", "采纳一份文件，成为本年度计划的一版", "Adopt a document as an edition of the year's plan"),
}  # fmt: skip
