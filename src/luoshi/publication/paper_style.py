"""The paragraph styles of GB/T 9704—2012 paper: faces, sizes, line pitch (domain.md §14.1)."""

from __future__ import annotations

from dataclasses import dataclass

SONG_TITLE = "方正小标宋简体"
FANG = "仿宋_GB2312"
KAI = "楷体_GB2312"
HEI = "黑体"
SONG = "宋体"

# 22 lines of 28.95 pt fill the 225 mm type area (29 pt would not), and a 16 pt character drawn 0.25 pt
# closer gives 28 characters on 156 mm. Word counts line pitch and spacing in twentieths of a point.
LINE = 579
CLOSER = -5
TWO_CHARACTERS = 630  # first-line indent: 2 × 15.75 pt


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """版式: one paragraph style; sizes in points, line pitch in twentieths of a point."""

    id: str
    name: str
    font: str
    size: float
    line: int = LINE
    align: str = "both"
    indent: bool = False
    color: str = ""
    outline: int = 9
    latin: str = "Times New Roman"
    keep: bool = False

    def xml(self) -> str:
        """The style as WordprocessingML; the parts stand in the order the schema wants."""
        default = ' w:default="1"' if self.id == "Normal" else ""
        based = "" if default else '<w:basedOn w:val="Normal"/>'
        keep = "<w:keepNext/>" if self.keep else ""
        first = (
            f' w:firstLineChars="200" w:firstLine="{TWO_CHARACTERS}"'
            if self.indent
            else (' w:firstLineChars="0" w:firstLine="0"')
        )
        outline = f'<w:outlineLvl w:val="{self.outline}"/>' if self.outline < 9 else ""
        color = f'<w:color w:val="{self.color}"/>' if self.color else ""
        closer = CLOSER if self.size == 16 else 0
        half_points = round(self.size * 2)
        return (
            f'<w:style w:type="paragraph"{default} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f'<w:qFormat/><w:pPr>{keep}<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct/>'
            '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/>'
            f'<w:spacing w:before="0" w:after="0" w:line="{self.line}" w:lineRule="exact"/>'
            f'<w:ind w:left="0" w:right="0"{first}/><w:jc w:val="{self.align}"/>{outline}</w:pPr>'
            f'<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="{self.latin}" w:hAnsi="{self.latin}" '
            f'w:eastAsia="{self.font}" w:cs="Times New Roman"/>{color}<w:spacing w:val="{closer}"/>'
            f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr></w:style>'
        )


STYLES = (
    PaperStyle("Normal", "Normal", FANG, 16),
    PaperStyle("Body", "公文正文", FANG, 16, indent=True),
    PaperStyle("Masthead", "发文机关标志", SONG_TITLE, 42, 1100, "center", color="FF0000"),
    PaperStyle("Title", "Title", SONG_TITLE, 22, 700, "center", keep=True),
    PaperStyle("Heading1", "heading 1", HEI, 16, indent=True, outline=0, keep=True),
    PaperStyle("Heading2", "heading 2", KAI, 16, indent=True, outline=1, keep=True),
    PaperStyle("Annex", "附件标识", HEI, 16, keep=True),
    PaperStyle("CellHead", "表头", HEI, 11, 340, "center"),
    PaperStyle("Cell", "表格正文", FANG, 11, 320, "left"),
    PaperStyle("CellCentre", "表格居中", FANG, 11, 320, "center"),
    PaperStyle("DenseHead", "密表表头", HEI, 10, 280, "center"),
    PaperStyle("Dense", "密表正文", FANG, 10, 260, "left"),
    PaperStyle("DenseCentre", "密表居中", FANG, 10, 260, "center"),
    PaperStyle("DenseTask", "密表任务", HEI, 10, 280, "left", keep=True),
    PaperStyle("FormHead", "单据栏目", HEI, 14, 440, "center"),
    PaperStyle("Form", "单据正文", FANG, 14, 440, "left"),
    PaperStyle("Imprint", "版记", FANG, 14, 520, "left"),
    PaperStyle("PageNumber", "页码", SONG, 14, 400, "left", latin="宋体"),
    PaperStyle("Mark", "页眉标记", HEI, 10.5, 320, "center", color="56606D"),
)
