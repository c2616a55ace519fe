"""A chart of the bulletin as a picture: matplotlib in one restrained style, with whatever Chinese font there is.

matplotlib is an extra (`pip install "xlplugin[charts]"`) and slow to start: it is imported when the first chart is drawn.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from xlplugin.bulletin.blocks import Bulletin, Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FONTS = (
    "FangSong",
    "FangSong_GB2312",
    "SimSun",
    "SimHei",
    "Microsoft YaHei",
    "KaiTi",
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "Source Han Serif SC",
    "Source Han Sans SC",
    "Noto Serif CJK JP",
    "Noto Sans CJK JP",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "PingFang SC",
    "Songti SC",
    "STFangsong",
    "STSong",
    "Heiti SC",
)
"""Fonts with Chinese characters, the one that suits an official document best first."""

BLUE, ORANGE, GREY = "#1F4E79", "#C55A11", "#8C8C8C"
RESOLUTION = 200
BAR_INCHES, BARS_FRAME, CURVE_HEIGHT, SPARE = 0.2, 1.1, 0.6, 0.4
"""A bar's share of the height, what title and axis take, a curve's height as a share of its width, what a page keeps free."""


def obstacle() -> tuple[str, str] | None:
    """What keeps charts from being drawn on this desk, and what to do; None where they can be. Starts matplotlib."""
    try:
        family = _family()
    except ImportError:
        return "没有安装 matplotlib", '请运行 pip install "xlplugin[charts]" 后再生成'
    return None if family else ("没有找到中文字体", "请安装仿宋、宋体或思源字体后再生成")


def draw(bulletin: Bulletin, width: float, most: float) -> dict[Chart, bytes]:
    """The pictures of a bulletin's charts; none where there is an `obstacle`."""
    shown = [block for block in bulletin.blocks if isinstance(block, Chart)]
    return {} if shown and obstacle() else {chart: picture(chart, width, most) for chart in shown}


def picture(chart: Chart, width: float, most: float) -> bytes:
    """The chart as a PNG, `width` inches wide and at most so high."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    height = (
        min(BARS_FRAME + BAR_INCHES * len(chart.categories), most - SPARE)
        if chart.kind == "bars"
        else width * CURVE_HEIGHT
    )
    with rc_context({"font.family": _family(), "axes.unicode_minus": False, "font.size": 9}):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots()
        (_bars if chart.kind == "bars" else _curves)(axes, chart)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        shown = dict(zip(*reversed(axes.get_legend_handles_labels()), strict=True))
        axes.legend(
            [shown[name] for name, _ in chart.series],
            [name for name, _ in chart.series],
            frameon=False,
            ncols=len(shown),
            loc="lower center",
            bbox_to_anchor=(0.5, 1.0),
        )
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", dpi=RESOLUTION, metadata={"Software": None})
    return drawn.getvalue()


def _family() -> str | None:
    """The best of `FONTS` that there is; raises ImportError without matplotlib."""
    from matplotlib import font_manager

    installed = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in installed), None)


def _bars(axes: Axes, chart: Chart) -> None:
    """A bar a category, the first on top; the second series is a stroke that the bar should reach."""
    places = list(range(len(chart.categories)))
    (name, values), *marks = chart.series
    axes.barh(places, [value or 0 for value in values], height=0.62, color=BLUE, label=name)
    for label, wished in marks:
        known = [(at, value) for at, value in zip(places, wished, strict=True) if value is not None]
        axes.vlines(
            [value for _, value in known],
            [at - 0.42 for at, _ in known],
            [at + 0.42 for at, _ in known],
            colors=ORANGE,
            linewidths=1.8,
            label=label,
        )
    axes.set_yticks(places, chart.categories, fontsize=8)
    axes.set_ylim(len(places) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}{chart.unit}")
    axes.grid(axis="x", color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)


def _curves(axes: Axes, chart: Chart) -> None:
    looks: tuple[dict[str, Any], ...] = (
        {"color": GREY, "linestyle": "--"},
        {"color": BLUE, "marker": "o", "markersize": 4},
    )
    for (name, values), look in zip(chart.series, looks * len(chart.series), strict=False):
        known = [(at, value) for at, value in enumerate(values) if value is not None]
        axes.plot(
            [at for at, _ in known],
            [value for _, value in known],
            linewidth=1.6,
            label=name,
            **look,
        )
    axes.set_xticks(range(len(chart.categories)), chart.categories)
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,g}")
    axes.set_title(chart.unit, loc="left", fontsize=9)
    axes.grid(axis="y", color="#DDDDDD", linewidth=0.6)
