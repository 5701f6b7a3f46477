"""Packages (docx, xlsx, ofd are zip files) opened so that nothing in them can fill memory or time."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from luoshi.document.extract import UnreadableFile

UNPACKED_LIMIT = 200_000_000
"""Bytes to which all parts of a package may unpack."""
PART_LIMIT = 40_000_000
"""Bytes to which one part that is read may unpack."""
RATIO_LIMIT = 400
"""How many times its packed size a large part may be; text in XML packs to about a twentieth."""
RATIO_FROM = 5_000_000
"""Unpacked bytes from which on the ratio is looked at; a small part may well be all blanks."""
MEMBER_LIMIT = 5_000
"""Parts of one package."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, KeyError, RuntimeError)


class Archive:
    """压缩包: the parts of a zip file, read one at a time within the limits."""

    def __init__(self, data: bytes) -> None:
        """Open ``data``.

        Raises:
            UnreadableFile: it is broken, encrypted, or unpacks beyond the limits.
        """
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.infolist()
        except _BROKEN as error:
            raise _broken() from error
        if len(members) > MEMBER_LIMIT:
            raise _bomb(f"压缩包里有{len(members)}个文件，超过{MEMBER_LIMIT}个的上限，未打开。")
        size = sum(member.file_size for member in members)
        if size > UNPACKED_LIMIT:
            raise _bomb(
                f"文件解开后有{size // 1_000_000}兆字节，超过{UNPACKED_LIMIT // 1_000_000}兆字节的上限，未打开。"
            )
        for member in members:
            if member.file_size > RATIO_FROM and member.file_size > RATIO_LIMIT * max(1, member.compress_size):
                raise _bomb("文件里有压缩比异常的内容，可能是恶意文件，未打开。")
        if any(member.flag_bits & 1 for member in members):
            raise UnreadableFile("document.E006", "压缩包已加密，打不开。", "请解密后再读。")
        self.names = tuple(member.filename for member in members)
        self._members = {member.filename.replace("\\", "/").lstrip("/").lower(): member for member in members}

    def __contains__(self, path: str) -> bool:
        return path.lstrip("/").lower() in self._members

    def read(self, path: str) -> bytes:
        """The bytes of one part; case and a leading slash do not matter.

        Raises:
            UnreadableFile: there is no such part, it is broken or too large.
        """
        member = self._members.get(path.lstrip("/").lower())
        if member is None:
            raise UnreadableFile("document.E005", f"文件不完整，里面缺少{path}。", "请重新导出或另存后再读。")
        if member.file_size > PART_LIMIT:
            raise _bomb(f"文件里的{path}解开后超过{PART_LIMIT // 1_000_000}兆字节，未打开。")
        try:
            return self._zip.read(member)
        except _BROKEN as error:
            raise _broken() from error

    def xml(self, path: str) -> Any:
        """The root element of one XML part; slightly broken XML is mended, entities are never resolved.

        Raises:
            UnreadableFile: as ``read``, or the part is no XML.
        """
        root = parse_xml(self.read(path))
        if root is None:
            raise _broken()
        return root


def parse_xml(data: bytes) -> Any:
    """The root element of XML, or None; no network, no entities, no depth beyond libxml2's own limits."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        return None


def kind_of_package(archive: Archive) -> str:
    """What a zip file is: ``docx``, ``xlsx``, ``ofd``, ``pptx``, ``odf``, or ``zip`` for any other."""
    names = {name.replace("\\", "/").lower() for name in archive.names}
    if "ofd.xml" in names:
        return "ofd"
    for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
        if any(name.startswith(folder) for name in names):
            return kind
    return "odf" if {"mimetype", "content.xml"} <= names else "zip"


def _broken() -> UnreadableFile:
    return UnreadableFile("document.E005", "文件已损坏，打不开。", "请重新导出或重新下载后再读。")


def _bomb(message: str) -> UnreadableFile:
    return UnreadableFile("document.E007", message, "请确认文件来源，只保留正文后再读。")
