"""The frame of the console: what people see when something is wrong."""

from __future__ import annotations

import click
import pytest

from luoshi.cli.group import BUG, REFUSED, USAGE, ChineseCommand, CommandGroup, Place, run
from luoshi.cli.language import VARIABLE
from luoshi.site.console import PLACES, console
from luoshi.terms.refusal import FieldError, Refusal, Refused


@pytest.fixture(autouse=True)
def chinese(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


def _group(**commands):
    group = CommandGroup("luoshi", places={})
    for name, function in commands.items():
        group.add_command(ChineseCommand(name, callback=function))
    return group


def test_a_refusal_is_told_with_every_cell_and_its_rule(capsys):
    def refuse():
        errors = (FieldError("a", "甲不对。", "1"), FieldError("b", "乙不对。"))
        raise Refused(Refusal("x.y", "不行。", 422, "定义某条", errors))

    assert run(_group(go=refuse), ["go"]) == REFUSED
    told = capsys.readouterr().err
    assert told.splitlines() == ["未办理：不行。", "  · 甲不对。（填的是“1”）", "  · 乙不对。", "  依据：定义某条"]


def test_a_bug_is_logged_with_its_number_and_never_shown_raw(capsys, tmp_path):
    def fail():
        raise ZeroDivisionError("secret")

    assert run(_group(go=fail), ["go"], tmp_path) == BUG
    told = capsys.readouterr().err
    number = told.partition("编号")[2][:8]
    logged = (tmp_path / "luoshi.log").read_text("utf-8")
    assert "secret" not in told
    assert "Traceback" not in told
    assert number in logged
    assert "ZeroDivisionError: secret" in logged


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["nosuch"], "没有“nosuch”这个命令"),
        (["--nosuch"], "没有“--nosuch”这个选项"),
        (["read"], "缺少“文件”"),
        (["read", "nosuch.txt"], "没有这个文件"),
        (["read", "--format", "doc", __file__], "只能是table、jsonl"),
        (["serve", "--port", "x"], "应为整数"),
        (["bulletin", "--month", "2023-13"], "月份应写作2023-09，得到“2023-13”"),
    ],
)
def test_mistakes_of_usage_are_said_in_chinese(capsys, typed, words):
    assert run(console(), typed) == USAGE
    told = capsys.readouterr().err
    assert words in told
    assert "--help" in told


def test_english_is_spoken_when_asked_for(capsys, monkeypatch):
    monkeypatch.setenv(VARIABLE, "en")
    assert run(console(), ["--help"]) == 0
    told = capsys.readouterr().out
    assert "Usage: luoshi" in told
    assert "Serve the pages" in told


@pytest.mark.parametrize("name", PLACES)
def test_every_command_has_its_help(capsys, name):
    assert run(console(), [name, "--help"]) == 0
    assert "用法：luoshi " + name in capsys.readouterr().out


def test_a_command_is_imported_only_when_called():
    group = CommandGroup("x", places={"never": Place("luoshi.cli.no_such_module", "从不", "never")})
    with click.Context(group) as context:
        assert group.list_commands(context) == ["never"]
        assert "从不" in group.get_help(context)
