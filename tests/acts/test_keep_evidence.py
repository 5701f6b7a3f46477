"""A file is kept under the hash of its content; its kind is told by its bytes."""

from __future__ import annotations

import hashlib
import io
import threading
import zipfile

import pytest
from county import AUDITOR, EDUCATION, PLANNING, County, acting, at, desk_of
from django.db import connections, transaction
from PIL import Image

from luoshi.acts import keep_evidence as module
from luoshi.acts.keep_evidence import LARGEST, discard_evidence, evidence_path, keep_evidence
from luoshi.store.models import Evidence
from luoshi.terms.refusal import Refused


def _archive(*members):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return kept.getvalue()


@pytest.fixture
def context(county, settings, tmp_path):
    settings.LUOSHI_HOME = str(tmp_path)
    return acting(desk_of(PLANNING), at(3, 26)) if county.registered() else None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("批复.pdf", b"%PDF-1.7"),
        ("纪要.docx", _archive("word/document.xml")),
        ("表.xlsx", _archive("xl/workbook.xml")),
        ("函.ofd", _archive("OFD.xml")),
    ],
)
def test_a_file_is_kept_byte_for_byte(context, name, content):
    kept = keep_evidence(context, PLANNING, name, content)
    assert evidence_path(kept.sha256).read_bytes() == content
    assert (kept.sha256, kept.size, kept.name) == (hashlib.sha256(content).hexdigest(), len(content), name)
    again = keep_evidence(context, PLANNING, "同一份" + name, content)
    assert (again.sha256, again.id == kept.id) == (kept.sha256, False)


@pytest.mark.parametrize(
    ("name", "content", "identity"),
    [
        ("空.pdf", b"", "acts.empty_file"),
        ("大.pdf", b"%PDF-" + bytes(11 * 1024 * 1024), "acts.large_file"),
        ("程序.exe", b"MZ", "acts.file_kind"),
        ("没有类型", b"%PDF-", "acts.file_kind"),
        ("照片.jpg", b"MZ\x90", "acts.disguised_file"),
        ("照片.jpg", b"\xff\xd8\xff\xd9", "acts.bad_photo"),
        ("截图.png", b"\x89PNG\r\n\x1a\n", "acts.bad_photo"),
        ("纪要.docx", _archive("evil.exe"), "acts.disguised_file"),
        ("纪要.docx", _archive("xl/workbook.xml"), "acts.disguised_file"),
        ("纪要.docx", b"PK\x03\x04 broken", "acts.disguised_file"),
    ],
)
def test_a_bad_file_is_refused_by_name(context, name, content, identity):
    with pytest.raises(Refused) as refused:
        keep_evidence(context, PLANNING, name, content)
    assert refused.value.refusal.id == identity
    assert f"“{name}”" in refused.value.refusal.message
    assert not Evidence.objects.exists()


def test_of_a_photo_the_picture_is_kept_and_not_where_it_was_taken(context):
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (29.0, 29.0, 59.0)})
    sent = io.BytesIO()
    Image.new("L", (8, 8)).save(sent, "JPEG", exif=exif)
    kept = keep_evidence(context, PLANNING, "现场.JPG", sent.getvalue())
    assert kept.size < len(sent.getvalue())
    with Image.open(evidence_path(kept.sha256)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((8, 8), {})


def test_ten_megabytes_are_taken_to_the_byte(context):
    assert keep_evidence(context, PLANNING, "满.pdf", b"%PDF-" + bytes(LARGEST - 5)).size == LARGEST


def test_a_name_with_a_path_loses_it(context):
    assert keep_evidence(context, PLANNING, "../../etc/批复.pdf", b"%PDF-").name == "批复.pdf"


def test_evidence_is_kept_for_ones_own_body_only(context):
    for who, body in ((context, EDUCATION), (acting(AUDITOR, at(3, 26)), PLANNING)):
        with pytest.raises(Refused) as refused:
            keep_evidence(who, body, "批复.pdf", b"%PDF-")
        assert refused.value.refusal.status == 403


def test_the_supervisor_adds_to_the_files_of_any_unit_of_the_county(context, county):
    assert keep_evidence(county.supervisor(3, 28), EDUCATION, "核查.pdf", b"%PDF-1.7").body == EDUCATION
    with pytest.raises(Refused) as refused:
        keep_evidence(county.supervisor(3, 28), "110000-01", "核查.pdf", b"%PDF-1.7")
    assert refused.value.refusal.id == "acts.no_evidence"


def test_bytes_kept_again_while_they_are_removed_stay(throwaway, settings, tmp_path, monkeypatch):
    """The one who removes them has just seen that nobody needs them; then another keeps the same file."""
    settings.LUOSHI_HOME = str(tmp_path)
    County().registered()
    context = acting(desk_of(PLANNING), at(3, 26))
    old = keep_evidence(context, PLANNING, "批复.pdf", b"%PDF-1.7")
    kept = []

    def keep_again():
        kept.append(keep_evidence(context, PLANNING, "再传.pdf", b"%PDF-1.7"))
        connections.close_all()

    other = threading.Thread(target=keep_again)
    remover = threading.current_thread()

    def meanwhile(digest):
        if threading.current_thread() is remover and not other.ident:
            other.start()
            other.join(0.5)
        return evidence_path(digest)

    monkeypatch.setattr(module, "evidence_path", meanwhile)
    with transaction.atomic():
        discard_evidence([old.id])
    other.join(20)
    assert [one.sha256 for one in kept] == [old.sha256]
    assert evidence_path(old.sha256).read_bytes() == b"%PDF-1.7"
