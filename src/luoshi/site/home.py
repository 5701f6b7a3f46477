"""LUOSHI_HOME: the folder with database, evidence, packs and the settings of one installation."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

SETTINGS_FILE = "luoshi.toml"


def home() -> Path:
    """The folder named by LUOSHI_HOME, else ``luoshi-home`` in the present folder."""
    return Path(os.environ.get("LUOSHI_HOME") or "luoshi-home").expanduser().resolve()


def configuration(folder: Path) -> dict[str, Any]:
    """What ``luoshi init`` wrote there; empty when nothing was initialised."""
    path = folder / SETTINGS_FILE
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
