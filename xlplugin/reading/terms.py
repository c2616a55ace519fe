"""The clerk's own words for levels, natures and whether building has begun, and what they mean to us."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from xlplugin.cells import Cell, plain
from xlplugin.schema import BUILDING, EARLY, LEDGER, LEVELS

_RANKS = ("国家", "省", "市", "县", "区", "镇")
_ALIKE = {
    "中央": "国家",
    "国": "国家",
    "自治区": "省",
    "州": "市",
    "地": "市",
    "盟": "市",
    "旗": "县",
    "乡": "镇",
    "街道": "镇",
}
_PLACE = r"(国家|中央|国|自治区|省|市|州|地|盟|县|区|旗|镇|乡|街道)"
_LEVEL = re.compile(_PLACE + r"(?:级(?:重点)?|重点)(?:建设)?(?:工程|项目)*")
_RANKED = re.compile(_PLACE)
_STARS = "★☆▲△*※●◆■"
"""What clerks set beside a level to make it stand out."""
_KNOWN = {
    plain(word): ours
    for ours in LEVELS
    for word in (ours, *(w for w, to in LEDGER["level"].synonyms.items() if to == ours))
}


def level(word: str) -> str:
    """A level in one spelling: 省级, 省级重点项目 → 省重点, 国家级 → 国家重点; a word that is none stays as it is."""
    folded = plain(word).strip(_STARS)
    if known := _KNOWN.get(folded):
        return known
    found = _LEVEL.fullmatch(folded)
    if found is None and folded in _RANKS:
        found = _LEVEL.fullmatch(folded + "级")
    return f"{found[1]}重点" if found else word.strip()


def rank(word: str) -> int:
    """Where a level stands: 国家 before 省, 市, 县, 区, 镇; what is none of these comes last."""
    found = _RANKED.search(plain(word))
    place = _ALIKE.get(found[1], found[1]) if found else ""
    return _RANKS.index(place) if place in _RANKS else len(_RANKS)


def has_place(word: str) -> bool:
    """Whether a word has one of them in it."""
    return bool(_RANKED.search(plain(word)))


def is_place(word: str) -> bool:
    """Whether a word is what a level begins with: 国家, 省, 市, 县 …"""
    return bool(_RANKED.fullmatch(plain(word)))


def in_order(words: Iterable[str]) -> list[str]:
    """Levels by rank; those of one rank as they came."""
    return list(_ranked(tuple(dict.fromkeys(words))))


@lru_cache(16)
def _ranked(words: tuple[str, ...]) -> tuple[str, ...]:
    """Asked again for every sum."""
    return tuple(sorted(words, key=rank))


def level_in(text: str) -> str:
    """The one level that a title, a section or a sheet's name speaks of; "" for none or several."""
    folded = plain(text)
    found = {level(each[0]) for each in re.finditer(_PLACE + r"(?:级重点|级|重点|直重点)", folded)}
    several = re.search(rf"{_PLACE}、?{_PLACE}(?:级|重点|、)", folded)
    return found.pop() if len(found) == 1 and not several else ""


def placed(word: str) -> bool:
    """Whether a level is that of a place's rank: 省重点, 市重点 …"""
    return bool(_LEVEL.fullmatch(plain(word)))


def one_slip(word: str, other: str) -> bool:
    """Whether a word is another with one sign mistyped, left out or typed twice, or two of them exchanged. 县直重点 is no slip."""
    if word == other or abs(len(word) - len(other)) > 1:
        return False
    if sorted(word) == sorted(other):
        return True
    if len(word) > len(other) and len(set(word)) == len(word):
        return False  # a sign that says more
    shorter, longer = sorted((word, other), key=len)
    at = next((n for n, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), -1)
    return shorter[at + (len(word) == len(other)) :] == longer[at + 1 :] if at >= 0 else True


_DITTO = frozenset({"〃", "″", "同上", '"', "”", "''", "..", "同"})


def repeated(cells: Sequence[Cell], held: set[Cell]) -> Sequence[Cell]:
    """A column whose marks of repetition (〃, 同上) are what stands above them; `held`: all that it holds."""
    if _DITTO.isdisjoint(held):
        return cells
    last: Cell = None
    return [last := last if cell in _DITTO else cell for cell in cells]


_PREPARING = re.compile(r"前期|储备|谋划|拟建|筹建|筹备|预备|规划|待建|拟实施|包装|策划|洽谈|签约")
_BUILDING = re.compile(
    r"在建|[新续改扩迁复重翻]建|改扩建|技改|技术改造|竣工|投产|收尾|完工|建成|建设类|实施类|开工|停工|结转|跨年|建设中|(?:加快|推进|正在|进入)建设|施工|在施|正在实施"
)
_UNCLEAR = re.compile(r"拟开工|未开工|待开工|拟新开工|停建|缓建|不|未")
_ONCE_BEGUN = re.compile(r"续建|结转|跨年|竣工|投产|收尾|完工|建成|停工")
_AHEAD = re.compile(r"(?:计划|拟|预计|新|待|未)(?:\d+年)?(?:新)?开工")


def stage(word: str) -> str:
    """What a nature (续建, 计划竣工, 储备 …) comes to: 在建 or 前期; "" where that is not certain."""
    folded = plain(word)
    if folded in (plain(BUILDING), plain(EARLY)):
        return word.strip()
    known = {plain(w): to for w, to in LEDGER["nature"].synonyms.items()}
    if folded in known:
        return known[folded]
    early, building = _PREPARING.search(folded), _BUILDING.search(folded)
    if early:
        return EARLY
    return BUILDING if building and not _UNCLEAR.search(folded) else ""


def stage_in(text: str) -> str:
    """The nature's own word that a section or a sheet's name speaks of (续建, 前期 …); "" for none or several."""
    folded = plain(text)
    found = {each[0] for each in re.finditer(f"{_PREPARING.pattern}|{_BUILDING.pattern}", folded)}
    if ahead := _AHEAD.search(folded):
        return ahead[0] if len(found - {"开工"}) == 0 else ""
    stages = {stage(word) for word in found}
    if len(stages) > 1 and EARLY in stages and len(found) > 1:
        return ""
    return found.pop() if len(found) == 1 else ""


def begun(word: str) -> bool:
    """Whether a nature says by itself that building has begun in an earlier year: 续建, 计划竣工, 收尾."""
    return bool(_ONCE_BEGUN.search(plain(word)))


_NO = re.compile(
    r"^(?:否|无|×|✗|✘|☒|x|n|no|0|[不未]|[-—/]+)$|未.{0,3}(?:[开动]工|启动|实施)|没有开工|尚未(?!竣|完|验|交|投|建成)|拟建|待[建开]"
    r"|前期|储备|筹[建备]|谋划|(?:办理|完善)(?:前期|开工|施工|用地|土地|立项)*(?:许可)?手续|手续(?:办理|报批)|招投?标|未建"
    r"|(?<!按)(?:计划|拟|预计|力争|争取|即将|准备|等待|具备|满足|符合|达到|将|可|待).{0,8}[开动]工|开工(?:准备|条件|在即|筹备|倒计时)"
)
_STARTED = re.compile(
    r"(?:^|[已新日月年季旬底初末]|全面|正式|实质性|顺利|如期|按期|按计划|陆续|集中)(?:[开动]工)(?!准备|条件|在即|筹备|手续|许可|前|申请|报告)"
    r"|^(?:[停复完竣]|已[停复完竣])工"
)
_YES = re.compile(
    r"^(?:是的?|已|√|✓|✔|☑|●|■|有|y|yes|1|true|对|正常)$|已?(?:复|停|完|竣)工|在建|续建|施工(?!许可|准备|图|前)|在施|建设中|推进"
    r"|投产|建成|收尾|完成|投用|实施"
)
_PACE = re.compile(
    r"(?:进度|施工|工程|推进)?(?:略有|严重|较为?|轻微)?(?:滞后|偏慢|缓慢|超前|较快|正常|顺利|达到序时|未达序时)(?:推进|进度|序时)?"
)
_PAPERS = re.compile(r"可研|立项|批复|审批|报批|设计|选址|征地|拆迁|用地|环评|挂网|许可|方案|手续")


def started(word: str) -> bool | None:
    """Whether a mark (是, 已开工, 未开工, 正常施工, 已竣工 …) says that building has begun; None where it says neither, or both."""
    folded = plain(word)
    no, begun = bool(_NO.search(folded)), bool(_STARTED.search(_NO.sub("·", folded)))
    if no or begun:
        return None if no and begun else begun
    return True if _YES.search(folded) and not _PAPERS.search(folded) else None


def paced(word: str) -> bool:
    """Whether a state only says how fast building goes (滞后, 超前): it has begun where others are said not to have."""
    return bool(_PACE.fullmatch(plain(word)))


_FINISHED = re.compile(
    r"(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:已经?|全[部面]|正式|项目|工程)*(?:竣工|完工|建成|投产|投用|交付使用)"
    r"(?:验收|投产|投用|投入使用|交付|运营|使用|完成|合格|通过|通车|并|、)*"
)


def finished(word: str) -> bool:
    """Whether a state (已竣工, 2021年8月建成投用 …) says that building is over: not 主体完工, not 计划竣工."""
    return bool(_FINISHED.fullmatch(plain(word)))


def reader_of(marks: Sequence[Cell]) -> Callable[[str], bool | None]:
    """`started`, for a column of marks: ○ is yes beside × and no beside √ or ●; alone it says neither."""
    said = {plain(mark) for mark in set(marks) if isinstance(mark, str)} if "○" in marks else set()
    circle = {started(mark) for mark in said - {"○"}}
    known = not circle.pop() if len(circle) == 1 and None not in circle else None
    return lambda word: known if plain(word) == "○" else started(word)


_BEGUN_WORK = re.compile(
    r"已(?:全面|正式)?开工|已动工|主体|封顶|基础(?:施工|完成|开挖)|桩基|完工|竣工|投产|投入使用|安装|装修|(?:正在|在|续)施工|施工中|建设中|建成|投[用运]|路基|浇筑|砌筑|铺设|完成总?工程量|在建"
)
_NOT_BEGUN_WORK = re.compile(
    r"未开工|未启动|谋划|尚未(?!竣|完|验|交|投|建成)|正在办理|前期|招标|未动工|拟|可研|立项|设计|审批|手续|选址|征地"
)


def work_begun(text: str) -> bool | None:
    """Whether a progress text tells of building work; None where it does not say clearly."""
    yes, no = bool(_BEGUN_WORK.search(text)), bool(_NOT_BEGUN_WORK.search(text))
    return None if yes == no else yes


NOTHING = frozenset(
    {
        "无",
        "没有",
        "暂无",
        "无。",
        "/",
        "\\",
        "-",
        "--",
        "—",
        "——",
        "0",
        "〇",
        "○",
        "否",
        "nil",
        "none",
        "n/a",
        "不涉及",
        "无问题",
    }
)
"""What clerks write, folded, into a text cell that holds nothing."""


UNDATED = re.compile(r"(?:待|未)(?:定|明确|确定)$")
"""A date that nobody knows yet."""


def is_nothing(text: str) -> bool:
    """Whether a text only says that there is nothing to say."""
    return plain(text) in NOTHING


NOTHING_BEGINS = frozenset(word[0] for word in NOTHING) | frozenset("待未= \u3000０／－＼")
"""How a cell begins that may hold nothing: most texts need no closer look."""

_AGENCY = re.compile(
    r"(?:局|委|办|办公室|中心|公司|集团|镇|乡|街道|街道办|园区|管委会|开发区|处|院|部)$"
)
_COUNTY = re.compile(r"(?:县|区|市|旗)$")


def agency_in(text: str) -> str:
    """The department or township that a section or a sheet is named after; "" for none."""
    bare = re.sub(
        r"[((].{0,40}?[))]$|(?<!\d)\d+[个项].*$|^[一二三四五六七八九十]+、|[::]$", "", text.strip()
    ).strip()
    return bare if 2 <= len(bare) <= 16 and _AGENCY.search(bare) and not level_in(bare) else ""


def county_in(text: str) -> str:
    """The county that a sheet is named after; "" for none."""
    bare = text.strip()
    return bare if 2 <= len(bare) <= 8 and _COUNTY.search(bare) else ""


def only_values(words: Sequence[str], reads: Iterable[str]) -> bool:
    """Whether nearly all of some words are among those that a reader knows."""
    known = set(reads)
    return bool(words) and sum(word in known for word in words) >= 0.8 * len(words)
