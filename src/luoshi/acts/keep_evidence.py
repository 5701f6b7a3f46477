"""佐证: keeping a file under the hash of its content; its kind is told by its bytes, not by its name."""

from __future__ import annotations

import hashlib
import io
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from luoshi.acts.context import Context, act, refuse
from luoshi.acts.photo import BadPhoto, bare, look
from luoshi.people.role import Role
from luoshi.store.models import Evidence

LARGEST = 10 * 1024 * 1024
"""Bytes; a photo of a phone or a scan of some pages fits."""

_KINDS: dict[str, tuple[bytes, str]] = {
    "jpg": (b"\xff\xd8\xff", "image/jpeg"),
    "jpeg": (b"\xff\xd8\xff", "image/jpeg"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "pdf": (b"%PDF-", "application/pdf"),
    "ofd": (b"PK\x03\x04", "application/ofd"),
    "docx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


_INSIDE = {"ofd": "OFD.xml", "docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
"""What an archive of this kind must hold; by its first bytes it could be any other."""

_KEEPERS = {Role.DESK_OFFICER, Role.UNIT_HEAD, Role.SUPERVISOR}


@act
def keep_evidence(context: Context, body: str, name: str, content: bytes) -> Evidence:
    """Keep a file; of a photo only the picture, without the place and the phone it was taken with.

    Args:
        body: the unit that may read it; the supervisor also adds to the entries of the county's other units.

    Raises:
        Refused: another body's, empty, larger than 10 MB, of a kind not taken, its bytes are not what its name says,
            or a photo is broken or too large to be shown.
    """
    is_own = any(post.body == body and post.role in _KEEPERS for post in context.actor.posts)
    if not is_own and not (context.actor.has(Role.SUPERVISOR) and body in context.circumstances.roster.bodies):
        raise refuse("acts.no_evidence", "只能为本单位上传佐证材料。", 403)
    suffix = Path(name).suffix.lower().lstrip(".")
    allowed = "、".join(dict.fromkeys(_KINDS))
    require_size(name, len(content))
    if suffix not in _KINDS:
        raise refuse("acts.file_kind", f"不能上传“{name}”，可用的类型：{allowed}。", 422)
    magic, media_type = _KINDS[suffix]
    if not content.startswith(magic) or (suffix in _INSIDE and not _holds(content, _INSIDE[suffix])):
        raise refuse("acts.disguised_file", f"文件“{name}”的内容不是{suffix}，请核对后再传。", 422)
    content, seen = _as_photo(name, content) if media_type.startswith("image/") else (content, "")
    digest = hashlib.sha256(content).hexdigest()
    _alone_with(digest)
    path = evidence_path(digest)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(f".{uuid.uuid4().hex}.part")
        partial.write_bytes(content)
        partial.replace(path)
    return Evidence.objects.create(
        id=str(uuid.uuid4()),
        sha256=digest,
        name=Path(name).name[:200],
        media_type=media_type,
        size=len(content),
        look=seen,
        body=body,
        uploaded_by=context.actor.account,
        uploaded_at=context.now,
    )


def _as_photo(name: str, content: bytes) -> tuple[bytes, str]:
    """The picture alone, and how it looks."""
    try:
        content = bare(content)
        return content, look(content)
    except BadPhoto as bad:
        raise refuse("acts.bad_photo", f"照片“{name}”{bad}", 422) from bad


def require_size(name: str, size: int) -> None:
    """Refuse a file by its size, before its content is read.

    Args:
        size: bytes.

    Raises:
        Refused: empty, or larger than 10 MB.
    """
    if not size:
        raise refuse("acts.empty_file", f"文件“{name}”是空的。", 422)
    if size > LARGEST:
        message = f"文件“{name}”有{size / 1024 / 1024:.1f}兆，超过10兆，请压缩后再传。"
        raise refuse("acts.large_file", message, 422)


def discard_evidence(identities: Iterable[str]) -> None:
    """Take files away that were only ever in a draft; their bytes go too, unless another file is the same."""
    rows = Evidence.objects.filter(pk__in=list(identities))
    digests = set(rows.values_list("sha256", flat=True))
    rows.delete()
    transaction.on_commit(lambda: _remove_unused(digests))


def _remove_unused(digests: Iterable[str]) -> None:
    """Whoever keeps the same bytes meanwhile waits, and then writes them anew."""
    for digest in digests:
        with transaction.atomic():
            _alone_with(digest)
            if not Evidence.objects.filter(sha256=digest).exists():
                evidence_path(digest).unlink(missing_ok=True)


def _alone_with(digest: str) -> None:
    """No other act keeps or removes these bytes until the transaction ends; on SQLite it is the only writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(digest[:15], 16)])


def _holds(content: bytes, member: str) -> bool:
    try:
        return member in zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def evidence_path(digest: str) -> Path:
    """Where the file with this hash is kept."""
    return Path(settings.LUOSHI_HOME) / "evidence" / digest[:2] / digest
