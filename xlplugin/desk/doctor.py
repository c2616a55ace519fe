"""What stands between a desk and its work: a machine goes in, diagnoses with advice come out.

Nothing is looked up here, so that what only a Windows desk can show is examined with made-up ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PureWindowsPath


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is, what it means and what to do; `stops` where the work cannot go on so."""

    what: str
    meaning: str
    advice: str
    stops: bool = True

    @property
    def message(self) -> str:
        """All three in one line."""
        return f"{'问题' if self.stops else '提醒'}：{self.what}。{self.meaning}。{self.advice}。"


@dataclass(frozen=True)
class DeskBook:
    """A workbook as it lies on the disk or is open in Excel. `module` is the version of its xlwings module, "" without one."""

    path: str
    module: str = ""
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Machine:
    """A machine, as far as it matters; None and "" are for what is not known or not there.

    `packages` are the installed versions, `wanted` what this program asks for (such as "==0.37.8"). `base` is the
    interpreter that the environment was made of. `excel` is the program that answers for Excel. `policies` name rules that
    forbid programs, `guards` programs that watch over others. `child` is why a trial child process failed. `config`
    is xlwings' configuration of the user; `interpreter_lost`: the Python that it names is not there.
    """

    system: str
    python: str
    bits: int
    interpreter: str
    base: str = ""
    private: bool = True
    packages: Mapping[str, str | None] = field(default_factory=dict)
    wanted: Mapping[str, str] = field(default_factory=dict)
    dlls: tuple[str, ...] = ()
    excel: str = ""
    excel_bits: int | None = None
    policies: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()
    child: str = ""
    temp: str = ""
    temp_error: str = ""
    config: Mapping[str, str] = field(default_factory=dict)
    config_broken: bool = False
    interpreter_lost: bool = False
    fonts: frozenset[str] = frozenset()
    onedrive: tuple[str, ...] = ()
    book: DeskBook | None = None

    @property
    def windows(self) -> bool:
        """Only there does Excel work together with Python."""
        return self.system == "Windows"


Examination = Callable[[Machine], Iterator[Diagnosis]]

FONTS: Mapping[str, tuple[str, ...]] = {
    "方正小标宋": ("方正小标宋", "fzxbs", "fzxiaobiaosong"),
    "仿宋": ("仿宋", "fangsong", "simfang"),
    "楷体": ("楷体", "kaiti", "simkai"),
    "黑体": ("黑体", "simhei"),
}
"""The fonts of official documents, with what Windows, Linux and the foundry call them."""

EARLIEST = (3, 11)

NO_WIN32 = "禁止 Office 宏调用 Win32 API（Defender ASR）"
"""The rule that stops every macro with a declaration, such as those that start Python."""


def diagnoses(machine: Machine) -> list[Diagnosis]:
    """Everything that was found, what stops the work first."""
    found = [diagnosis for check in CHECKS for diagnosis in check(machine)]
    return sorted(found, key=lambda diagnosis: not diagnosis.stops)


def for_install(machine: Machine) -> list[Diagnosis]:
    """What stops an installation."""
    found = [each for check in (python, store, packages, dll) for each in check(machine)]
    return [each for each in found if each.stops]


def report(found: list[Diagnosis]) -> str:
    """The diagnoses as text, one a line."""
    return "\n".join(diagnosis.message for diagnosis in found) or "环境检查完毕，没有发现问题。"


def python(machine: Machine) -> Iterator[Diagnosis]:
    """An interpreter that is too old, or a 32-bit one: neither pandas nor xlwings' DLL is made for it."""
    version = tuple(int(part) for part in re.findall(r"\d+", machine.python)[:2])
    if version < EARLIEST:
        yield Diagnosis(
            f"Python 是 {machine.python}",
            "本程序要 3.11 以上",
            "请安装新的 Python，重新建立虚拟环境",
        )
    if machine.windows and machine.bits != 64:
        yield Diagnosis(
            f"Python 是 {machine.bits} 位",
            "本程序用到的组件只有 64 位的",
            "请安装 64 位的 Python；Excel 是 32 位的也一样，两者能配合",
        )


def store(machine: Machine) -> Iterator[Diagnosis]:
    """Python from the Microsoft Store, which Excel must not start; an environment made of it is one, too."""
    if machine.windows and "windowsapps" in f"{machine.interpreter} {machine.base}".lower():
        yield Diagnosis(
            "Python 来自微软商店",
            "它关在沙箱里，Excel 启动不了它",
            "请从 python.org 下载安装，再建虚拟环境",
        )


def private(machine: Machine) -> Iterator[Diagnosis]:
    """No virtual environment."""
    if machine.windows and not machine.private:
        yield Diagnosis(
            "没有使用虚拟环境",
            "别的程序升级组件时会把本程序弄坏",
            "请用 python -m venv 建一个，在里面安装和运行",
            stops=False,
        )


def packages(machine: Machine) -> Iterator[Diagnosis]:
    """Packages that are missing or are not the version that is asked for."""
    for name, asked in machine.wanted.items():
        present = machine.packages.get(name)
        if present is None:
            yield Diagnosis(
                f"没有安装组件 {name}", "程序不能运行", "请在程序文件夹里重新运行 pip install ."
            )
        elif not _fits(present, asked):
            yield Diagnosis(
                f"组件 {name} 是 {present}，应为 {asked.lstrip('=')}",
                "版本不配套，结果不可靠",
                f'请运行 pip install "{name}{asked}"',
            )


def _fits(present: str, asked: str) -> bool:
    """Whether a version fits "==1.2.3" or ">=1.2"; other demands are left to pip."""
    here, there = ([int(part) for part in re.findall(r"\d+", text)] for text in (present, asked))
    if asked.startswith("=="):
        return here == there
    return not asked.startswith(">=") or here[: len(there)] >= there


def dll(machine: Machine) -> Iterator[Diagnosis]:
    """The library that Excel loads; its name carries xlwings' version and Excel's bits."""
    version = machine.packages.get("xlwings")
    if not machine.windows or version is None:
        return
    bits = machine.excel_bits or machine.bits
    name = f"xlwings{bits}-{version}.dll"
    if name not in machine.dlls:
        others = "、".join(machine.dlls) or "没有"
        yield Diagnosis(
            f"环境里缺 {name}（现有：{others}）",
            "Excel 靠它启动 Python",
            f'请运行 pip install --force-reinstall "xlwings=={version}"',
        )


def office(machine: Machine) -> Iterator[Diagnosis]:
    """WPS in Excel's place, or no Excel."""
    if not machine.windows:
        return
    program = machine.excel.lower()
    if re.search(r"wps|kingsoft|\bet\.exe", program):
        yield Diagnosis(
            "WPS 占用了 Excel 的登记（Excel.Application）",
            "工作簿会交给 WPS，按钮和 KP_ 函数都不能用",
            "请在 WPS「配置工具」里取消「兼容第三方系统和软件」，再修复 Office；只有 WPS 时请用命令行 kp",
        )
    elif "windowsapps" in program:
        yield Diagnosis(
            "Excel 来自微软商店",
            "它关在沙箱里，宏可能启动不了 Python",
            "按钮没有反应时，请卸载后从 office.com 安装",
            stops=False,
        )
    elif not program:
        yield Diagnosis(
            "没有找到 Excel",
            "按钮和 KP_ 函数不能用，命令行 kp 不受影响",
            "需要在 Excel 里使用的，请先安装 Excel",
            stops=False,
        )


def children(machine: Machine) -> Iterator[Diagnosis]:
    """Programs that may not start others, and rules that say so."""
    rules = [policy for policy in machine.policies if policy != NO_WIN32]
    if machine.child:
        yield Diagnosis(
            f"启动子进程失败（{machine.child}）",
            "Excel 启动不了 Python",
            "请让管理员放行本虚拟环境里的 python.exe；放行之前请用命令行 kp",
        )
    elif rules:
        yield Diagnosis(
            f"这台电脑有限制程序运行的策略（{'、'.join(rules)}）",
            "Excel 可能启动不了 Python",
            "按钮没有反应时，请让管理员放行本虚拟环境里的 python.exe",
            stops=False,
        )


def guards(machine: Machine) -> Iterator[Diagnosis]:
    """What keeps the workbook's macros from reaching Windows or Python."""
    if NO_WIN32 in machine.policies:
        yield Diagnosis(
            f"这台电脑{NO_WIN32}",
            "Excel 会拦下工作簿里的宏，按钮和 KP_ 函数都不能用",
            "请让管理员把本工作簿所在的文件夹列为例外；在那以前请用命令行 kp",
        )
    if machine.guards:
        yield Diagnosis(
            f"装有 {'、'.join(machine.guards)}",
            "可能拦下 Excel 启动 Python，或把宏当病毒删去",
            "按钮没有反应时，请把本程序的 python.exe 和工作簿所在的文件夹加入信任区",
            stops=False,
        )


def temp(machine: Machine) -> Iterator[Diagnosis]:
    """A folder for temporary files that takes none."""
    if machine.temp_error:
        yield Diagnosis(
            f"临时文件夹 {machine.temp} 不能写（{machine.temp_error}）",
            "保存工作簿和记录错误都要用到它",
            "请清理磁盘，或让管理员开放权限",
        )


def user_config(machine: Machine) -> Iterator[Diagnosis]:
    """xlwings' settings of the user: the interpreter that Excel starts."""
    if machine.config_broken:
        yield Diagnosis(
            "用户目录 .xlwings 里的 xlwings.conf 读不出来",
            "Excel 找不到 Python",
            "请删去该文件，重新运行 kp install",
            stops=machine.windows,
        )
    elif interpreter := machine.config.get("INTERPRETER_WIN"):
        if machine.interpreter_lost:
            yield Diagnosis(
                f"xlwings 设置里的 Python（{interpreter}）不存在",
                "Excel 启动不了 Python",
                "请重新运行 kp install",
                stops=machine.windows,
            )
        elif machine.windows and not _same_folder(interpreter, machine.interpreter):
            yield Diagnosis(
                f"xlwings 设置里的 Python 是 {interpreter}",
                "它不是现在运行的这一个，装的组件可能不同",
                "要改用现在的，请重新运行 kp install",
                stops=False,
            )
    elif machine.windows:
        yield Diagnosis(
            "xlwings 设置里没有写 Python 的位置",
            "Excel 会随便找一个 Python，多半缺组件",
            "请运行 kp install",
        )


def _same_folder(one: str, other: str) -> bool:
    return PureWindowsPath(one.lower()).parent == PureWindowsPath(other.lower()).parent


def workbook(machine: Machine) -> Iterator[Diagnosis]:
    """The workbook's own module and settings, and where it lies."""
    book = machine.book
    if book is None:
        return
    version = machine.packages.get("xlwings")
    if book.module and version and book.module != version:
        yield Diagnosis(
            f"工作簿里的 xlwings 模块是 {book.module}，安装的是 {version}",
            "两者必须一致，否则按钮和 KP_ 函数不能用",
            f'请运行 pip install "xlwings=={book.module}"，或用 kp new 另建一个工作簿再把数据复制过去',
        )
    blank = "、".join(key for key, value in book.config.items() if not value.strip())
    if blank:
        yield Diagnosis(
            f"工作簿「xlwings.conf」表里 {blank} 是空的",
            "空值也算设置，会盖住用户设置",
            "请删去这些行，或填上值",
        )
    if _in_cloud(book.path, machine.onedrive):
        yield Diagnosis(
            "工作簿在 OneDrive 里",
            "Excel 给出的是网址，程序可能找不到文件，同步时也可能冲突",
            "请移到本机的普通文件夹再用",
            stops=False,
        )


def _in_cloud(path: str, folders: tuple[str, ...]) -> bool:
    low = path.lower().replace("/", "\\")
    inside = any(
        low.startswith(folder.lower().replace("/", "\\").rstrip("\\") + "\\")
        for folder in folders
        if folder
    )
    return (
        inside
        or bool(re.match(r"https?:\\", low))
        or any(part.startswith("onedrive") for part in low.split("\\")[:-1])
    )


def fonts(machine: Machine) -> Iterator[Diagnosis]:
    """Fonts of official documents that are missing."""
    present = " ".join(machine.fonts).lower()
    missing = [title for title, names in FONTS.items() if all(n not in present for n in names)]
    if machine.fonts and missing:
        yield Diagnosis(
            f"缺字体：{'、'.join(missing)}",
            "通报会用别的字体代替，版面不合规范",
            "请向办公室要来安装；不影响计算",
            stops=False,
        )


CHECKS: tuple[Examination, ...] = (
    python,
    store,
    private,
    packages,
    guards,
    dll,
    office,
    children,
    temp,
    user_config,
    workbook,
    fonts,
)
"""Every check, in the order of what is worth mending first."""
