"""Pictures of pages to text by character recognition (the extra ``ocr``); all of it must be checked by a person."""

from __future__ import annotations

import io
from collections.abc import Iterator
from statistics import fmean
from typing import Any

from luoshi.document.extract import Extract, UnreadableFile, Writer
from luoshi.document.layout import Glyph, lines_of, write_pages
from luoshi.terms.finding import Finding, Level

RECOGNISED_PAGES = 60
"""Pages of one file that are recognised; each takes some ten seconds."""
PIXEL_LIMIT = 60_000_000
"""Pixels of one picture; an A3 page at 300 dpi has 17 million."""
SCALE = 200 / 72
"""Pixels for each point when a page is drawn for recognition."""
SURE = 0.8
"""Mean confidence below which the recognition is called doubtful."""

_CHECK = "扫描件识别，请核对"


class Recogniser:
    """识别器: the recognition engine, loaded once for a file."""

    def __init__(self) -> None:
        """Load the engine with the models in its package; nothing is fetched.

        Raises:
            UnreadableFile: the extra is not installed.
        """
        try:
            from rapidocr import RapidOCR
        except ImportError as error:
            raise UnreadableFile(
                "document.E008", "文件是扫描件或图像，没有安装文字识别组件。",
                "请管理员安装luoshi[ocr]（rapidocr和onnxruntime）后再读，或使用文件的文字版。",
            ) from error  # fmt: skip
        self._engine = RapidOCR(params={"Global.log_level": "error"})
        self.confidences: list[float] = []

    def glyphs(self, picture: Any, scale: float = 1) -> Iterator[Glyph]:
        """The recognised pieces of one picture.

        Args:
            picture: an array of pixels.
            scale: points for each pixel.
        """
        result = self._engine(picture)
        if result is None or result.boxes is None or result.txts is None:
            return
        for box, words, confidence in zip(result.boxes, result.txts, result.scores, strict=False):
            if not words.strip():
                continue
            self.confidences.append(float(confidence))
            xs, ys = [float(x) * scale for x, _ in box], [float(y) * scale for _, y in box]
            yield Glyph(words.strip(), min(xs), min(ys), max(xs), max(ys))

    def findings(self, name: str, where: str, left_out: int) -> list[Finding]:
        """What must be said about a file that was read this way.

        Args:
            name: the file.
            where: which part of it, ``第3页``.
            left_out: pages over the limit that were not read; 0 or less when none.
        """
        message = f"{where}是图像，文字由机器识别：{_CHECK}。"
        found = [Finding("document.W014", Level.WARNING, name, message, "请逐个数字对照原件。")]
        if self.confidences and fmean(self.confidences) < SURE:
            share = round(100 * fmean(self.confidences))
            message = f"图像不清楚，识别的平均把握只有{share}%。"
            found.append(Finding("document.W015", Level.WARNING, name, message, "请换一份清晰的扫描件或文字版。"))
        if left_out > 0:
            message = f"图像页太多，末尾{left_out}页没有识别。"
            found.append(Finding("document.W016", Level.WARNING, name, message, "请拆成几份文件后再读。"))
        return found


def read_picture(data: bytes, name: str) -> Extract:
    """The text in a picture of a page.

    Raises:
        UnreadableFile: recognition is not installed, the picture is broken, too large or without text.
    """
    recogniser = Recogniser()
    writer = Writer("image", name)
    write_pages(writer, [lines_of(recogniser.glyphs(_pixels(data)), 1)])
    if not writer.at:
        raise UnreadableFile("document.E001", "图像里没有识别出文字。", "请换一份清晰的扫描件或文字版。")
    writer.findings.extend(recogniser.findings(name, "文件", 0))
    return writer.finish(scanned=True)


def _pixels(data: bytes) -> Any:
    import numpy as np
    from PIL import Image

    try:
        picture = Image.open(io.BytesIO(data))
        width, height = picture.size
        if width * height > PIXEL_LIMIT:
            raise _too_large(f"{width}×{height}")
        return np.asarray(picture.convert("RGB"))[:, :, ::-1]
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large("过多") from error
    except (OSError, ValueError, SyntaxError) as error:
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile("document.E005", "图像已损坏，打不开。", "请重新扫描或重新下载后再读。") from error


def _too_large(pixels: str) -> UnreadableFile:
    message = f"图像的像素（{pixels}）超过{PIXEL_LIMIT // 1_000_000}百万的上限，未打开。"
    return UnreadableFile("document.E007", message, "请降低分辨率后再读。")
