"""One clause to verb, object and what is done to it; nothing is decided about kinds here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from luoshi.reading.words import Endings, either, mapping, words

_ADVERBS = Endings({"adverb": words("commitments", "adverbs")})
_VERBS = Endings({"verb": words("commitments", "verbs")})
_WEAK = set(words("commitments", "weak"))
_ASPIRE = set(words("commitments", "aspire"))
_STAGE_TAILS = mapping("commitments", "stage_tails")
_TAIL_STAGE = Endings({"tail": _STAGE_TAILS})
_TAILS = Endings({"tail": words("commitments", "tails")})
_HONOUR_TAIL = Endings({"tail": words("commitments", "honour_tails")})
_BETWEEN = re.compile(
    r"(?:(?:在|于|到)?(?:\d{1,2}月|[一二三四]季度|上半年|下半年)(?:底|末|中旬|上旬|下旬|份)?(?:之?前)?|今年|年内|年底前|年底|全面|早日|尽早|稳定|全天候|尽快|按期|如期|力争|实现|顺利|全部|正式|同步|基本|主体|有序|加快)+$"
)
_BY_DATE = re.compile(
    r"^(?:在|到|至|截至)?(?:\d{4}年|\d{1,2}月|[一二三四]季度|上半年|下半年|年(?=[底末初内中]))(?:底|末|初|份|内|中)?(?:前|之前)?"
)
_AIM = re.compile("以(?P<verb>创建|争创|创成|争创成功)(?P<object>.{4,24}?)为(?:工作)?(?:目标|主线|契机|抓手|引领|统领)")
_OUTWARD = re.compile("^“[^“”]+”(?:向|走|落地|落实)")
_LATER = re.compile("(?<=[^\\W\\da-zA-Z_]{2})(?P<verb>制定|出台|编制|组建|成立|设立)(?P<object>[^，、的]{3,})$")
_AND_DO_IT = re.compile(
    "(?:，|、)?并(?:积极|抓好|认真|全面|加快|稳步|有序|扎实|切实|组织)*(?:推进|实施|落实|组织实施|推广|运行)$"
)
_WHO_DOES = re.compile("^[^，、“”]{2,8}?(?:打造|建设|创建|争创|建成)(?=“)")
_FOOTNOTE = re.compile(r"[〔\[]\d+[〕\]]")
_SAME = {"加快推进": "推进", "持续推进": "推进", "深入实施": "实施"}
_TURNED = re.compile(
    f"^(?:对|将|把)(?P<object>.+?)(?:进行|予以|实施|开展)(?P<action>{either(('修编', '改造', '提升', '整治', '升级', '修复', '修缮'))}\\w*)$"
)


@dataclass(slots=True)
class Promise:
    """What a clause promises: ``start`` is where its words begin once leading words are gone."""

    start: int
    verbs: tuple[str, ...]
    object: str
    tail: str = ""
    stage: str = ""
    honour: str = ""
    aspire: bool = False

    @property
    def verb(self) -> str:
        """The verb nearest the object."""
        return self.verbs[-1] if self.verbs else ""


def parse(text: str, start: int, end: int) -> Promise | None:
    """The promise of ``text[start:end]``, a clause; None when it begins with no known verb and ends in no stage."""
    phrase = text[start:end].rstrip(" \u3000的")
    stripped, aspire = _strip_adverbs(phrase)
    begin = start + len(phrase) - len(stripped)
    stripped = _AND_DO_IT.sub("", _FOOTNOTE.sub("", stripped))
    turned = _TURNED.match(stripped)
    if turned:
        return Promise(
            begin, ("完成" if "修编" in turned["action"] else "改造",), turned["object"] + "、等" + turned["action"]
        )
    aim = _AIM.match(stripped)
    if aim:
        return Promise(begin, (aim["verb"],), aim["object"])
    verbs, rest = _verbs(stripped)
    if verbs and rest[:1] == "“" and _OUTWARD.search(rest):
        rest = rest[: rest.index("”") + 1]
    if not verbs and phrase.lstrip().startswith("支持") and rest.endswith("建设") and "、" in rest:
        verbs = ["支持"]
    doer = _WHO_DOES.match(rest)
    if doer and (not verbs or verbs == ["支持"]):
        verbs, rest = [doer.group()[-2:]], rest[doer.end() :]
    later = _LATER.search(rest)
    if later:
        verbs, rest = [later["verb"]], later["object"]
    aspire = aspire or any(verb in _ASPIRE for verb in verbs)
    promise = Promise(begin, tuple(verbs), rest, aspire=aspire)
    _cut_tail(promise)
    if not promise.object or (not verbs and not promise.stage):
        return None
    return promise


def _strip_adverbs(phrase: str) -> tuple[str, bool]:
    aspire = False
    phrase = phrase.lstrip(" \u3000\t")
    while phrase:
        dated = _BY_DATE.match(phrase)
        if dated:
            phrase = phrase[dated.end() :]
            continue
        word = _ADVERBS.first(phrase)
        verb = _VERBS.first(phrase)
        if not word or (len(verb) >= len(word) and verb != "创新") or len(word) == len(phrase):
            break
        aspire = aspire or word in _ASPIRE
        phrase = phrase[len(word) :]
    return phrase, aspire


def _verbs(phrase: str) -> tuple[list[str], str]:
    """The chain of verbs that begins the phrase and what is left."""
    found: list[str] = []
    while phrase:
        verb = _VERBS.first(phrase)
        if not verb or len(verb) == len(phrase) or (found and found[-1] not in _WEAK):
            break
        following = phrase[len(verb) :]
        if found and following[:1] in "、和" and not _VERBS.first(following[1:]):
            break
        found.append(_SAME.get(verb, verb))
        phrase = following
        while phrase[:1] in "、和" and _VERBS.first(phrase[1:]):  # 优化、提升
            extra = _VERBS.first(phrase[1:])
            phrase = phrase[1 + len(extra) :]
        adverb = _ADVERBS.first(phrase)
        if adverb and not _VERBS.first(phrase) and _VERBS.first(phrase[len(adverb) :]):
            phrase = phrase[len(adverb) :]
    return found, phrase


def _cut_tail(promise: Promise) -> None:
    """Move what is done to the object from its end into tail, stage or honour."""
    whole = promise.object
    honour = _HONOUR_TAIL.last(whole)
    if honour and len(whole) > len(honour) + 2:
        promise.honour = honour
        promise.object = whole[: -len(honour)]
        return
    stage = _TAIL_STAGE.last(whole)
    if stage and len(whole) > len(stage) + 1:
        promise.stage = _STAGE_TAILS[stage]
        promise.tail = stage
        promise.object = _BETWEEN.sub("", whole[: -len(stage)])
        return
    tail = _TAILS.last(whole)
    if tail and len(whole) > len(tail) + 1:
        promise.tail = tail
        promise.object = whole[: -len(tail)]
