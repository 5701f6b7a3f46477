"""LUOSHI_HOME: the folder with database, evidence, packs and the settings of one installation."""

from __future__ import annotations

import json
import os
import re
import secrets
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from luoshi.cli.language import said
from luoshi.people.role import Role
from luoshi.terms.refusal import Refusal, Refused

VARIABLE = "LUOSHI_HOME"
SETTINGS_FILE = "luoshi.toml"
UNFINISHED_FILE = "init.unfinished"
"""Stands in a home while ``luoshi init`` makes it, and stays when that is broken off."""
LOG_FILE = "luoshi.log"
_DAY = 24 * 60
_BARE = re.compile("[A-Za-z0-9_-]+")


def home() -> Path:
    """The folder named by LUOSHI_HOME, else ``luoshi-home`` in the present folder."""
    return Path(os.environ.get(VARIABLE) or "luoshi-home").expanduser().resolve()


def configuration(folder: Path) -> dict[str, Any]:
    """What ``luoshi init`` wrote there; empty when nothing was initialised."""
    path = folder / SETTINGS_FILE
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}


def require_home() -> Path:
    """The initialised home.

    Raises:
        Refused: there is none, or its settings cannot be read.
    """
    folder = home()
    if (folder / UNFINISHED_FILE).exists():
        message = said(
            f"{folder}的启用没有完成，请重新运行 luoshi init。", f"{folder} is half made: run luoshi init again."
        )
        raise Refused(Refusal("cli.half_made", message))
    try:
        known = configuration(folder)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = said(
            f"设置文件{folder / SETTINGS_FILE}无法读取：{error}。", f"{folder / SETTINGS_FILE} cannot be read: {error}."
        )
        raise Refused(Refusal("cli.bad_settings", message)) from None
    if not known:
        message = said(
            f"{folder}还没有启用落实，请先运行 luoshi init；已启用的，请用环境变量LUOSHI_HOME指明文件夹。",
            f"{folder} is no home of Luoshi. Run luoshi init first, or name the folder in LUOSHI_HOME.",
        )
        raise Refused(Refusal("cli.no_home", message))
    require_people_settings(known.get("people", {}))
    require_openid_settings(known.get("openid", {}))
    return folder


def require_openid_settings(openid: object) -> None:
    """Refuse an identity provider that is only half named.

    Raises:
        Refused: not every setting is a text, or one of issuer and client_id is missing.
    """
    table = openid if isinstance(openid, Mapping) else {"": openid}
    wrong = [name for name, value in table.items() if not isinstance(value, str)]
    wrong += [name for name in ("issuer", "client_id") if table and not table.get(name)]
    if wrong:
        message = said(
            f"{SETTINGS_FILE}的[openid]里，“{wrong[0]}”没有写对：issuer和client_id都要写，各项都是文字。",
            f"[openid] in {SETTINGS_FILE}: {wrong[0]} is missing or no text.",
        )
        raise Refused(Refusal("cli.bad_openid_settings", message))


def require_people_settings(people: object) -> None:
    """Refuse settings of how people sign in that would silently mean something else.

    Raises:
        Refused: a role that is none, or minutes that are no whole number from 1 to 1440.
    """
    table = people if isinstance(people, Mapping) else {"": people}
    roles, minutes = table.get("second_factor", []), table.get("idle_minutes", 30)
    known = [role.value for role in Role]
    wrong = [str(role) for role in roles if role not in known] if isinstance(roles, list) else [str(roles)]
    if wrong:
        message = said(
            f"{SETTINGS_FILE}的second_factor里没有“{wrong[0]}”这种角色，可用的是{'、'.join(known)}。",
            f"second_factor in {SETTINGS_FILE}: no role {wrong[0]}; there are {', '.join(known)}.",
        )
        raise Refused(Refusal("cli.bad_people_settings", message))
    if type(minutes) is not int or not 1 <= minutes <= _DAY:
        message = said(
            f"{SETTINGS_FILE}的idle_minutes应为1至{_DAY}的整数，现在是“{minutes}”。",
            f"idle_minutes in {SETTINGS_FILE} should be a whole number from 1 to {_DAY}, not {minutes}.",
        )
        raise Refused(Refusal("cli.bad_people_settings", message))


def require_empty(folder: Path) -> None:
    """Refuse a folder that already holds an installation.

    Raises:
        Refused: it does; nothing was changed.
    """
    taken = [name for name in (SETTINGS_FILE, "luoshi.sqlite3") if (folder / name).exists()]
    if taken:
        message = said(
            f"{folder}里已有{'、'.join(taken)}，不会覆盖。请用环境变量LUOSHI_HOME另指一个空文件夹。",
            f"{folder} already holds {', '.join(taken)}; nothing is overwritten. Name another folder in LUOSHI_HOME.",
        )
        raise Refused(Refusal("cli.home_taken", message))


def fresh_secret() -> str:
    """A new key for signing sessions, 68 characters of the URL alphabet."""
    return secrets.token_urlsafe(50)


def write_configuration(folder: Path, settings: Mapping[str, Any]) -> Path:
    """Write the settings of an installation, readable by its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / SETTINGS_FILE
    partial = folder / f"{SETTINGS_FILE}.part"
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(toml(settings))
    partial.replace(path)
    return path


def toml(settings: Mapping[str, Any]) -> str:
    """Settings of one level of tables as TOML."""
    lines = [f"{_key(key)} = {_value(value)}" for key, value in settings.items() if not isinstance(value, Mapping)]
    for name, table in settings.items():
        if isinstance(table, Mapping):
            lines += ["", f"[{_key(name)}]", *(f"{_key(key)} = {_value(value)}" for key, value in table.items())]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    if isinstance(value, str):  # a JSON string is a TOML basic string, but for DEL
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)  # integers and dates
