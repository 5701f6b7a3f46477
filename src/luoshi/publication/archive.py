"""Office files are zip archives: the same parts always give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first instant a zip archive can name
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def archive(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip archive in the order given, with one fixed time for all."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            file.writestr(entry, content)
    return target.getvalue()


def settled(file: bytes, day: date) -> bytes:
    """An office file another program wrote, with its times of writing replaced by ``day``."""
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    stamp = f"{day.isoformat()}T00:00:00Z".encode()
    parts["docProps/core.xml"] = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", parts["docProps/core.xml"])
    return archive(parts)
