"""What is left of a photo, and how it is known again; the pictures are drawn here."""

from __future__ import annotations

import io
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo

from luoshi.acts.photo import MOST_PIXELS, BadPhoto, bare, look
from luoshi.store.repeated_files import is_near

PLACE = b"29.499999,120.903333"
_GPS, _ORIENTATION, _MAKE = 0x8825, 0x0112, 0x010F


def _picture(seed=1, size=(640, 480)):
    """A scene of blots; each seed another."""
    chance = random.Random(seed)
    image = Image.new("RGB", size, (90, 120, 160))
    draw = ImageDraw.Draw(image)
    for _ in range(60):
        x, y, r = chance.randrange(size[0]), chance.randrange(size[1]), chance.randrange(20, 120)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=tuple(chance.randrange(256) for _ in range(3)))
    return image.filter(ImageFilter.GaussianBlur(2))


def _written(image, kind="JPEG", **more):
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def _opened(content):
    return Image.open(io.BytesIO(content))


def _with_place(turned=1):
    exif = Image.Exif()
    exif[_MAKE] = "手机".encode().decode("latin-1")
    exif[_ORIENTATION] = turned
    exif.get_ifd(_GPS).update({1: "N", 2: (29.0, 29.0, 59.0), 3: "E", 4: (120.0, 54.0, 12.0)})
    return exif


def _same_picture(one, other):
    return ImageChops.difference(_opened(one).convert("RGB"), _opened(other).convert("RGB")).getbbox() is None


@pytest.mark.parametrize("progressive", [False, True])
def test_the_place_and_the_phone_are_gone_and_every_dot_of_the_picture_stays(progressive):
    sent = _written(_picture(), exif=_with_place(), comment=PLACE, progressive=progressive)
    assert _opened(sent).getexif().get_ifd(_GPS)
    kept = bare(sent)
    assert dict(_opened(kept).getexif()) == {}
    assert PLACE not in kept
    assert b"Exif" not in kept
    assert _same_picture(sent, kept)


def test_which_side_is_up_stays_and_nothing_else():
    kept = bare(_written(_picture(), exif=_with_place(turned=6)))
    assert dict(_opened(kept).getexif()) == {_ORIENTATION: 6}


def test_what_follows_the_picture_is_cut_off():
    """Phones append a moving picture or a second photo, with a place of its own."""
    sent = _written(_picture()) + _written(_picture(2), exif=_with_place()) + PLACE
    assert bare(sent) == bare(_written(_picture()))


def test_the_colours_of_the_picture_stay():
    kept = bare(_written(_picture(), icc_profile=b"profile " * 40))
    assert _opened(kept).info["icc_profile"] == b"profile " * 40


def test_the_words_in_a_png_are_gone_and_its_picture_stays():
    words = PngInfo()
    words.add_text("Location", PLACE.decode())
    words.add_itxt("Comment", PLACE.decode(), zip=False)
    sent = _written(_picture(), "PNG", pnginfo=words, exif=_with_place())
    kept = bare(sent)
    assert PLACE in sent
    assert PLACE not in kept
    assert b"eXIf" not in kept
    assert _same_picture(sent, kept)


def test_what_is_bare_stays_as_it_is():
    for kind in ("JPEG", "PNG"):
        once = bare(_written(_picture(), kind, exif=_with_place(turned=3)))
        assert bare(once) == once


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_that_broke_off_is_not_kept(kind):
    sent = _written(_picture(), kind)
    for end in (12, 40, len(sent) // 2, len(sent) - 3):
        with pytest.raises(BadPhoto, match=r"不完整|不是完好"):
            bare(sent[:end])


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_of_a_hundred_megapixels_is_told_by_its_head_without_being_drawn(kind):
    assert MOST_PIXELS < 100_000_000
    sent = _written(Image.new("1" if kind == "PNG" else "L", (12000, 9000)), kind)
    assert len(sent) < 10 * 1024 * 1024
    with pytest.raises(BadPhoto, match="有10800万像素，超过6000万像素"):
        bare(sent)


@given(st.binary(max_size=400), st.booleans())
def test_bytes_that_only_begin_like_a_photo_end_in_a_word_about_it(rest, is_png):
    head = b"\x89PNG\r\n\x1a\n" if is_png else b"\xff\xd8\xff"
    with pytest.raises(BadPhoto, match=r"。$"):
        look(bare(head + rest))


def test_a_program_behind_the_head_of_a_photo_cannot_be_drawn():
    with pytest.raises(BadPhoto, match="打不开"):
        look(b"\xff\xd8\xff\xd9")


def test_a_picture_made_smaller_paler_or_saved_anew_is_known_again():
    sent = look(_written(_picture()))
    assert len(sent) == 64
    for other in (
        _written(_picture().resize((320, 240))),
        _written(_picture(), quality=30),
        _written(_picture(), "PNG"),
        _written(_picture().point(lambda light: light * 0.9 + 10)),
    ):
        assert is_near(sent, look(other))


def test_a_picture_turned_by_its_mark_looks_like_the_one_turned_by_hand():
    turned = _picture().transpose(Image.Transpose.ROTATE_90)
    assert is_near(look(_written(_picture())), look(_written(turned, exif=_with_place(turned=6))))


def test_other_pictures_are_not_taken_for_it():
    looks = [look(_written(_picture(seed))) for seed in range(1, 30)]
    assert all(looks)
    assert not any(is_near(one, other) for at, one in enumerate(looks) for other in looks[at + 1 :])


def test_a_white_wall_or_a_page_of_text_has_no_look():
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).text((100, 100), "Minutes " * 20, fill=0)
    for plain in (Image.new("RGB", (640, 480), "white"), page):
        assert look(_written(plain)) == ""
    assert not is_near("", "")
