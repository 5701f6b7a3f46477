"""Which commands there are; nothing is imported until one is called."""

from __future__ import annotations

from luoshi.cli.group import Place

COMMANDS = {
    "init": Place("luoshi.cli.init", "建立一个县的落实：数据库、密钥、管理员、花名册", "Start a county"),
    "roster": Place("luoshi.cli.roster", "花名册模板", "The template of the roster"),
    "import": Place("luoshi.cli.imports", "导入花名册", "Import the roster"),
    "accounts": Place("luoshi.cli.accounts", "为任职人员开通账号，重置密码", "Open accounts, reset passwords"),
    "tokens": Place("luoshi.cli.tokens", "接口令牌：列出、开通、停用", "Tokens of the interface"),
    "read": Place("luoshi.cli.read", "识读一份文件，列出其中的目标和承诺", "Read a document and list what it promises"),
    "adopt": Place(
        "luoshi.cli.adopt", "采纳一份文件，成为本年度计划的一版", "Adopt a document as an edition of the plan"
    ),
    "assign": Place("luoshi.cli.assign", "按分解表把任务一次交办给单位", "Assign tasks from a decomposition table"),
    "progress": Place("luoshi.cli.statements", "识读进展文字，列出可能指哪项承诺", "Read progress sentences"),
    "coverage": Place(
        "luoshi.cli.coverage", "所采纳文件的文字有多少落到了条目", "How much of the text belongs to entries"
    ),
    "bulletin": Place("luoshi.cli.bulletin", "生成督查通报（docx）", "Write a month's bulletin (docx)"),
    "export": Place("luoshi.cli.export", "导出工作台账、全部事实、花名册", "Export ledger, facts, roster"),
    "check": Place("luoshi.cli.check", "检查地方包：清单、亮灯、晾晒规则", "Check the packs"),
    "renew": Place("luoshi.cli.renew", "改了清单后，未办结的条目改用新版", "Move open entries over to changed lists"),
    "escalate": Place(
        "luoshi.cli.escalate", "超过时限的按规定催办、升级", "Tell whoever a missed clock says is to be told"
    ),
    "send": Place("luoshi.cli.send", "发出提醒：邮件、机器人、每日汇总", "Send what is to be told"),
    "rate": Place("luoshi.cli.rate", "重算开放月份的灯和晾晒表", "Compute the lights of open months again"),
    "verify": Place("luoshi.cli.verify", "核验台账没有被改动", "Verify that the ledger is unaltered"),
    "checkpoint": Place(
        "luoshi.cli.checkpoint", "签一个检查点，防止台账被截短或重写", "Sign a checkpoint of the ledger"
    ),
    "replay": Place("luoshi.cli.replay", "由事实重演全部条目并比对", "Fold all facts anew and compare"),
    "backup": Place("luoshi.cli.backup", "备份到一个文件", "Back up into one file"),
    "restore": Place("luoshi.cli.restore", "从备份恢复到空文件夹", "Restore a backup into an empty home"),
    "bench": Place("luoshi.cli.bench", "计时", "Measure"),
}
