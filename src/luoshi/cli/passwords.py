"""Passwords on the command line: asked for twice without echo, or made and shown once."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from luoshi.cli.language import said
from luoshi.terms.refusal import Refusal, Refused

if TYPE_CHECKING:
    from luoshi.acts.open_accounts import OneTimePassword


def asked(account: str) -> str:
    """What someone types twice, or "" when they leave it to the program."""
    prompt = said(
        f"给“{account}”定一个初始密码（直接回车则自动生成）",
        f"First password of {account} (leave empty to have one made)",
    )
    while True:
        typed: str = click.prompt(prompt, default="", show_default=False, hide_input=True, err=True)
        if not typed:
            return ""
        if typed == click.prompt(
            said("再输入一次", "Once more"), default="", show_default=False, hide_input=True, err=True
        ):
            return typed
        click.echo(said("两次输入不一致，请重新输入。", "They differ; again, please."), err=True)


def write_passwords(path: Path, opened: Iterable[OneTimePassword]) -> int:
    """Write each password as soon as its account stands, to a new file its owner alone can read.

    Returns:
        How many accounts were opened.

    Raises:
        Refused: the file is there already, or cannot be made.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        message = said(f"文件“{path}”已经存在，不会覆盖。", f"{path} exists and is not overwritten.")
        raise Refused(Refusal("cli.file_exists", message)) from None
    except OSError as error:
        message = said(f"文件“{path}”写不了：{error.strerror}。", f"{path} cannot be written: {error.strerror}.")
        raise Refused(Refusal("cli.unwritable", message)) from None
    count = 0
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(["单位", "角色", "姓名", "账号", "初始密码（首次登录须修改）"])
        for one in opened:
            table.writerow([one.body, one.role, one.name, one.account, one.password])
            file.flush()
            count += 1
    return count
