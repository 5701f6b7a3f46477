"""What a file is, told by its bytes, and the loader that takes it apart."""

from __future__ import annotations

from luoshi.document.encoding import decode
from luoshi.document.extract import Extract, UnreadableFile

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
)
_REFUSED = {
    "rtf": ("文件是rtf格式。", "请另存为docx后再读。"),
    "archive": ("文件是压缩包。", "请解压后逐个读入。"),
    "zip": ("文件是压缩包。", "请解压后逐个读入。"),
    "pptx": ("文件是演示文稿。", "请另存为pdf或docx后再读。"),
    "odf": ("文件是odt或ods格式。", "请另存为docx或xlsx后再读。"),
}
_OLE = (  # names in the directory of an old Office file
    ("EncryptedPackage", "document.E006", "文件设有打开密码，打不开。", "请用Office或WPS取消密码，另存后再读。"),
    ("WordDocument", "document.E004", "文件是旧版Word格式（doc）。", "请用Word或WPS打开，另存为docx后再读。"),
    ("Workbook", "document.E004", "文件是旧版Excel格式（xls）。", "请用Excel或WPS打开，另存为xlsx后再读。"),
    ("", "document.E004", "文件是旧版Office格式。", "请用Office或WPS打开，另存为docx或xlsx后再读。"),
)


def recognise(data: bytes) -> str:
    """The format of ``data`` by its first bytes: pdf, zip, ole, image, rtf, archive, html or txt."""
    for magic, kind in _MAGIC:
        if data.startswith(magic) and (magic != b"BM" or b"\0" in data[:32]):
            return kind
    if data[:8].startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "image"
    from luoshi.document.html import is_html

    return "pdf" if b"%PDF-" in data[:1024] else "html" if is_html(data) else "txt"


def extract(data: bytes, name: str) -> Extract:
    """What a file says.

    Args:
        data: the bytes; they alone decide the format.
        name: how the file is called in findings.

    Raises:
        UnreadableFile: with the id, message and hint of the finding.
    """
    kind = recognise(data)
    if kind == "zip":
        return _package(data, name)
    if kind == "html":
        from luoshi.document.html import read_html

        return read_html(data, name)
    if kind == "ole":
        raise next(UnreadableFile(*rest) for word, *rest in _OLE if word.encode("utf-16-le") in data)
    if kind in _REFUSED:
        raise UnreadableFile("document.E004", *_REFUSED[kind])
    if kind == "txt":
        found = decode(data)
        if found is None:
            raise UnreadableFile("document.E003", "内容不是文字，可能是二进制文件。", "请使用文件的文字版。")
        return Extract(found[0], "txt", found[1])
    if kind == "image":
        from luoshi.document.ocr import read_picture

        return read_picture(data, name)
    from luoshi.document.pdf import read_pdf

    return read_pdf(data, name)


def _package(data: bytes, name: str) -> Extract:
    from luoshi.document.archive import Archive, kind_of_package

    archive = Archive(data)
    kind = kind_of_package(archive)
    if kind == "docx":
        from luoshi.document.docx import read_docx

        return read_docx(archive, name)
    if kind == "xlsx":
        from luoshi.document.xlsx import read_xlsx

        return read_xlsx(archive, name)
    if kind == "ofd":
        from luoshi.document.ofd import read_ofd

        return read_ofd(archive, name)
    raise UnreadableFile("document.E004", *_REFUSED[kind])
