from __future__ import annotations

from lxml import etree

from luoshi.publication.paper_style import LINE, STYLES

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def test_22_lines_fit_the_type_area_and_23_do_not():
    area = 225 / 25.4 * 72  # 637.8 pt
    assert 22 * LINE / 20 <= area < 23 * LINE / 20


def test_every_style_is_well_formed_and_names_an_east_asian_face():
    for style in STYLES:
        root = etree.fromstring(f'<x xmlns:w="{W[1:-1]}">{style.xml()}</x>')
        assert next(root.iter(f"{W}rFonts")).get(f"{W}eastAsia") == style.font
        assert next(root.iter(f"{W}sz")).get(f"{W}val") == str(round(style.size * 2))
    assert len({style.id for style in STYLES}) == len(STYLES)


def test_faces_and_sizes_are_those_of_the_standard():
    faces = {style.id: (style.font, style.size) for style in STYLES}
    assert faces["Body"] == ("仿宋_GB2312", 16)
    assert faces["Title"] == ("方正小标宋简体", 22)
    assert faces["Heading1"] == ("黑体", 16)
    assert faces["Heading2"] == ("楷体_GB2312", 16)
    assert faces["PageNumber"] == ("宋体", 14)
