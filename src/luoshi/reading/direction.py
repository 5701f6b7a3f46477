"""Words that sound like a thing to be built and only name a direction, an effect or what others do."""

from __future__ import annotations

import re

from luoshi.reading.words import either, words
from luoshi.terms.pattern import pattern

_GUARDED = pattern("“[^“”]*”|《[^《》]*》|[（(][^（()）]*[)）]")
_MARKED = re.compile("[“《（(]")
_BRACKETED = pattern("[（(][^（()）]*[)）]")
_PRAISED = re.compile(f"^(?:{either(words('directions', 'praise'))})")
_OTHERS = re.compile(f"(?<=[^“]{{2}})(?:{either(words('directions', 'inner_verbs'))})")
_GENERIC = re.compile(
    f"(?:{either(words('directions', 'generic_attributes'))}|的)*(?:{either(words('directions', 'generic_nouns'))})?"
)
_SHAPING = set(words("directions", "shaping_verbs"))
_WORLDWIDE = pattern("全球|世界|国内|全国(?!重点)|全省|全区|亚洲|东北亚|东南亚|中西部|西部地区|国际化")
_DESCRIPTION = pattern("^[^“《（(”》]{2,30}的(?=[^的]{4,}$)")
_DESCRIBING = set(words("directions", "describing_verbs"))
_WORKS = re.compile(f"(?:{either(words('directions', 'soft_works'))})$")
_GROUND = pattern(either(words("directions", "ground")))
_PLACED = pattern(
    "^面向|^(?:位于|连接|通往|以[^，]{2,20}为|集)[^，]*?的|[^的]{2,8}(?:省|市|县|区|镇|乡|村|境内|沿线)的"
)


def is_described(name: str, verb: str) -> bool:
    """Whether the words praise what is to arise and name nothing: 打造干净、整洁的村庄, 建设一流中心.

    Args:
        name: the object of the clause.
        verb: the verb nearest the object.
    """
    bare = _unguarded(name)
    if _PRAISED.search(bare) or (verb in _SHAPING and _WORLDWIDE.match(bare)):
        return True
    return verb in _SHAPING and "的" in bare and not _PLACED.search(bare)


def undescribed(name: str, verb: str) -> str:
    """The name without the description before it: 建成辐射周边的青石港 promises 青石港.

    Args:
        name: the object of the clause.
        verb: the verb nearest the object; only of what is built the description is no part of the name.
    """
    if verb not in _DESCRIBING or "的" not in name or _PLACED.search(name) or "、" in name.partition("的")[2]:
        return name
    return _DESCRIPTION.sub("", name) or name


def is_of_others(name: str) -> bool:
    """Whether the object is a clause of its own: someone does something (支持企业参与改革, 向乡村延伸)."""
    return bool(_OTHERS.search(_unguarded(name)))


def is_generic(name: str) -> bool:
    """Whether nothing but classifying words is said: 重大文化产业项目, 创新平台."""
    bare = _BRACKETED.sub("", name) if name.startswith("“") else _unguarded(name)
    return bool(bare) and bool(_GENERIC.fullmatch(bare))


def is_soft_work(name: str) -> bool:
    """Whether 治理 or 整治 is of conduct, not of ground, water or buildings: 校外培训机构治理."""
    return bool(_WORKS.search(name)) and not _GROUND.search(name)


def _unguarded(name: str) -> str:
    """The name without what stands in quotation marks and brackets."""
    return _GUARDED.sub("", name) if _MARKED.search(name) else name
