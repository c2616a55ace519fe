"""What the workbook's VBA says: it may hold ASCII only, so it reads these texts from the sheet 自检."""

from __future__ import annotations

from xlplugin.schema import ADOPTED, ANALYSIS, ARCHIVE, CLASSES

LIGHT = ANALYSIS["light"]

TEXTS = {
    "CATEGORY": "重点工程",
    "STARTING": "重点工程：正在启动 Python，请稍候……",
    "OFFLINE": "重点工程：没有连上 Python，KP_ 公式显示的是上次的结果，不是最新数字。请点「环境检查」，或运行 kp doctor。",
    "NO_PYTHON": "没有连上 Python，什么也没有改动。请在命令窗口运行 kp doctor，按提示处理后再试。",
    "BROKEN": "程序在中途断了，不知道做到了哪一步，没有自动重做。请看看工作簿；不对的，不保存就关闭，重新打开再点一次。",
    "BUSY_BULLETIN": "重点工程：正在检查台账、生成通报……",
    "BUSY_CHECK": "重点工程：正在检查台账……",
    "BUSY_REFRESH": f"重点工程：正在刷新{ANALYSIS.title}和{LIGHT.heading}……",
    "BUSY_WORD": "重点工程：正在导出 Word 文档……",
    "BUSY_ARCHIVE": "重点工程：正在归档本月数字……",
    "BUSY_ADOPT": f"重点工程：正在认表、写{ADOPTED.title}……",
    "BUSY_DOCTOR": "重点工程：正在检查环境……",
    "MORE": ",".join(sheet.title for sheet in (ADOPTED, CLASSES, ARCHIVE)),
}
"""By the key under which VBA asks (KpText). MORE: the sheets that are handed over to Python where the workbook has them."""
