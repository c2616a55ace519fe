"""Twelve invented projects and what a clerk knows of them on 30 September 2021. Money in 万元."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

AS_OF = dt.date(2021, 9, 30)


@dataclass(frozen=True)
class Made:
    """One project: what any layout may show of it."""

    number: int
    name: str
    level: str  # 省, 市, 县
    nature: str  # 续建, 新建, 前期
    agency: str
    town: str
    industry: str
    total: int
    earlier: int  # done before this year
    plan: int
    first_plan: int  # as set in January
    done: int  # January to September
    month: int  # in September
    start: dt.date | None  # actual
    planned_start: dt.date
    planned_finish: dt.date
    finish: dt.date | None
    progress: str
    cause: str

    @property
    def last(self) -> int:
        """January to August."""
        return self.done - self.month

    @property
    def since_start(self) -> int:
        """Since building began."""
        return self.earlier + self.done

    @property
    def started(self) -> bool:
        """Whether it has been started."""
        return self.start is not None

    @property
    def rate(self) -> float:
        """Done ÷ plan."""
        return self.done / self.plan if self.plan else 0.0


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _made(number: int, line: str) -> Made:
    parts = [part.strip() for part in line.split("|")]
    name, level, nature, agency, town, industry = parts[:6]
    total, earlier, plan, first_plan, done, month = (int(part) for part in parts[6:12])
    start, planned_start, planned_finish, finish = (_day(part) for part in parts[12:16])
    assert planned_start
    assert planned_finish
    return Made(
        number,
        name,
        level,
        nature,
        agency,
        town,
        industry,
        total,
        earlier,
        plan,
        first_plan,
        done,
        month,
        start,
        planned_start,
        planned_finish,
        finish,
        parts[16],
        parts[17],
    )


_LINES = """
绕城公路改扩建工程|省|续建|县交通局|城关镇|交通|68000|30000|20000|18000|16400|1800|2019-04-10|2019-04-01|2022-12-31||路基完成，路面铺筑60%|
中心水库除险加固工程|省|新建|县水利局|石桥镇|水利|24500|0|9000|9000|5200|600|2021-05-18|2021-05-01|2022-10-31||大坝灌浆完成三分之二|汛期停工时间较长
城东污水处理厂二期|市|续建|县住建局|城关镇|环保|18600|6200|8400|8000|6800|900|2020-08-02|2020-08-01|2021-12-31||主体工程封顶，设备安装|
特色食品产业园|市|新建|县工信局|柳河乡|工业|42000|0|15000|12000|12600|1500|2021-03-06|2021-03-01|2023-06-30||一号、二号厂房主体完工|
第二人民医院迁建项目|市|续建|县卫健局|城关镇|卫生|36800|15000|12000|12000|7300|500|2020-03-20|2020-03-01|2022-08-31||门诊楼主体完成|设计变更，资金拨付不及时
文化艺术中心|县|续建|县文旅局|城关镇|文旅|9800|4300|3600|3600|3100|300|2020-06-15|2020-06-01|2021-11-30||装饰装修完成80%|
高标准农田建设项目|县|新建|县农业农村局|石桥镇|农业|6400|0|6400|6400|5900|700|2021-02-25|2021-02-20|2021-12-20||田间道路、管网完成九成|
职业中学实训基地|县|新建|县教育局|柳河乡|教育|7600|0|4000|4000|0|0||2021-08-15|2022-12-31||正在办理施工许可|土地手续尚未批复
老旧小区改造（三期）|县|新建|县住建局|城关镇|城建|5200|0|5200|5000|4700|400|2021-03-28|2021-04-01|2021-11-30||46栋楼外墙完成|
冷链物流仓储中心|县|续建|县商务局|北关镇|商贸|8700|5600|3100|3100|3100|0|2020-04-08|2020-04-01|2021-08-31|2021-08-26|已竣工|
北部风电场项目|市|前期|县能源局|北山乡|能源|52000|0|1000|1000|780|80||2022-04-01|2023-12-31||完成测风和可行性研究|
南河流域综合治理|县|前期|县水利局|南河乡|水利|15300|0|600|600|480|50||2022-03-01|2023-10-31||初步设计已批复|
"""


def read(lines: str) -> tuple[Made, ...]:
    """One project a line, in the order of `Made`."""
    return tuple(_made(number, line) for number, line in enumerate(lines.strip().splitlines(), 1))


PROJECTS = read(_LINES)


def yi(wan: int) -> str:
    """万元 in 亿元 as the bulletin prints it, half up."""
    return f"{(Decimal(wan) / 10000).quantize(Decimal('0.01'), 'ROUND_HALF_UP')}"


def sums(projects: Sequence[Made] = PROJECTS) -> dict[str, object]:
    """The figures that every right bulletin of these projects has, whatever the layout."""
    total, plan, done = (
        sum(getattr(p, key) for p in projects) for key in ("total", "plan", "done")
    )
    rate = (Decimal(done) * 100 / Decimal(plan)).quantize(Decimal("0.01"), "ROUND_HALF_UP")
    return {
        "count": len(projects),
        "investment": yi(total),
        "plan": yi(plan),
        "done": yi(done),
        "completion": f"{rate}",
        "not_started": [p.name for p in projects if waiting(p)],
        "behind": [p.name for p in projects if behind(p)],
    }


def waiting(project: Made) -> bool:
    """未开工: to be built, and not started."""
    return project.nature != "前期" and not project.started


def behind(project: Made) -> bool:
    """Below 9/12 of the plan, neither finished nor waiting."""
    return not waiting(project) and not project.finish and project.done * 12 < project.plan * 9
