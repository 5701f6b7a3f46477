"""Whether a folder holds the demo as this code would build it, and what to tell who opens it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # looking for a stamp must not start the site
    from luoshi.demo.build import DemoSummary

STAMP = "demo.json"
LAST = date(2024, 1, 4)
"""The demo's default day: December's window has closed, most of it is accepted, some still waits."""


@dataclass(frozen=True, slots=True)
class DemoStamp:
    """演示标记: what a folder's demo was built from, and how to sign in."""

    fingerprint: str
    until: date
    password: str
    sign_ins: dict[str, str]


def fingerprint(package: Path) -> str:
    """A hash over the program's files: a demo built by other code is built anew."""
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.name == "compiled.json":  # written by the program itself, from files that are looked at here
            continue
        if path.suffix in {".py", ".yaml", ".json"} and "web" not in path.relative_to(package).parts:
            digest.update(f"{path.relative_to(package)}:{path.stat().st_size}:{path.stat().st_mtime_ns};".encode())
    return digest.hexdigest()


def read_stamp(home: Path) -> DemoStamp | None:
    """The stamp of a finished demo, or None."""
    path = home / STAMP
    if not path.is_file():
        return None
    data = json.loads(path.read_text("utf-8"))
    return DemoStamp(data["fingerprint"], date.fromisoformat(data["until"]), data["password"], data["sign_ins"])


def write_stamp(home: Path, made_of: str, summary: DemoSummary) -> DemoStamp:
    """Mark a folder's demo as finished; written last, so that a broken-off build is never taken for one."""
    from luoshi.demo.build import SHOWN

    stamp = DemoStamp(made_of, summary.until, summary.password, dict(SHOWN))
    data = {
        "fingerprint": stamp.fingerprint,
        "until": stamp.until.isoformat(),
        "password": stamp.password,
        "sign_ins": stamp.sign_ins,
    }
    (home / STAMP).write_text(json.dumps(data, ensure_ascii=False, indent=1), "utf-8")
    return stamp
