"""What LibreOffice knows of the extension: the functions, the menu, and what is done when a document opens."""

from __future__ import annotations

import contextlib

import uno
import unohelper
from com.sun.star.document import XDocumentEventListener
from com.sun.star.frame import DispatchResultEvent, XDispatchProvider, XNotifyingDispatch
from com.sun.star.lang import XInitialization, XServiceInfo
from com.sun.star.task import XJob

from .desk import DESK, WORKER, Gone
from .documents import document
from .opening import settle
from .sheets import Uno, everything
from .writing import Refused, write

FUNCTIONS, MENU, STARTED = (f"cn.kp.office.{name}" for name in ("Functions", "Menu", "Started"))
SUCCESS, FAILURE = 1, 0
"""com.sun.star.frame.DispatchResultState."""


class _Named(unohelper.Base, XServiceInfo):
    services: tuple[str, ...] = ()

    def getImplementationName(self) -> str:  # noqa: N802
        """Its own name."""
        return self.services[0]

    def supportsService(self, name: str) -> bool:  # noqa: N802
        """Whether it is of a kind."""
        return name in self.services

    def getSupportedServiceNames(self) -> tuple[str, ...]:  # noqa: N802
        """What it is."""
        return self.services


class Functions(_Named):
    """The KP_ functions: Calc calls each as a method with the document, then the arguments, the ledger last."""

    services = (FUNCTIONS, "com.sun.star.sheet.AddIn")

    def __init__(self, _context: Uno) -> None:
        pass

    def getTypes(self) -> tuple[Uno, ...]:  # noqa: N802
        """Asked when the extension's types are known, which they are not yet while it is being added."""
        known = ("XServiceInfo", "XTypeProvider")
        own = uno.getTypeByName(FUNCTIONS.replace("Functions", "XFunctions"))
        return (own, *(uno.getTypeByName(f"com.sun.star.lang.{name}") for name in known))

    def __getattr__(self, name: str) -> Uno:
        if name not in DESK["functions"]:
            raise AttributeError(name)

        def function(caller: Uno, *given: Uno) -> Uno:
            return document(caller).result(name, given[:-1], given[-1])

        return function


class Menu(_Named, XDispatchProvider, XNotifyingDispatch, XInitialization):
    """The menu 重点工程: its buttons are addresses, `cn.kp.office:bulletin`.

    Who asks for the result (a macro, a test) is given the closing sentence; otherwise a box shows it.
    """

    services = (MENU, "com.sun.star.frame.ProtocolHandler")

    def __init__(self, _context: Uno) -> None:
        self._frame: Uno = None

    def initialize(self, given: tuple[Uno, ...]) -> None:
        """The window whose menu it is."""
        self._frame = given[0] if given else None

    def queryDispatch(self, url: Uno, _target: str, _flags: int) -> Uno:  # noqa: N802
        """Itself, for an address of ours."""
        return self if url.Complete.startswith("cn.kp.office:") else None

    def queryDispatches(self, asked: tuple[Uno, ...]) -> tuple[Uno, ...]:  # noqa: N802
        """The same for many."""
        return tuple(self.queryDispatch(one.FeatureURL, "", 0) for one in asked)

    def addStatusListener(self, _listener: Uno, _url: Uno) -> None:  # noqa: N802
        """A button can always be pressed."""

    def removeStatusListener(self, _listener: Uno, _url: Uno) -> None:  # noqa: N802
        """See above."""

    def dispatch(self, url: Uno, _given: tuple[Uno, ...]) -> None:
        """Press a button, and show how it ended."""
        text, done = press(self._frame.getController().getModel(), url.Complete.rpartition(":")[2])
        window = self._frame.getContainerWindow()
        kind = uno.Enum("com.sun.star.awt.MessageBoxType", "INFOBOX" if done else "WARNINGBOX")
        window.getToolkit().createMessageBox(window, kind, 1, DESK["menu"], text).execute()

    def dispatchWithNotification(  # noqa: N802
        self, url: Uno, _given: tuple[Uno, ...], listener: Uno
    ) -> None:
        """Press a button, and tell who asked."""
        text, done = press(self._frame.getController().getModel(), url.Complete.rpartition(":")[2])
        if listener is not None:
            listener.dispatchFinished(DispatchResultEvent(self, SUCCESS if done else FAILURE, text))


def press(model: Uno, key: str) -> tuple[str, bool]:
    """Do what a button does to an open document: the closing sentence, and whether it was done. Never raises."""
    try:
        path = uno.fileUrlToSystemPath(model.URL) if model.URL.startswith("file:") else ""
        answer = WORKER.ask({"press": key, "path": path, "sheets": everything(model)})
        if answer.get("steps"):
            with document(model).held():
                write(model, DESK["buttons"][key], answer["steps"], answer["looks"])
        return answer["text"], answer["done"]
    except (Gone, Refused) as told:
        return str(told), False
    except Exception as error:
        said = (getattr(error, "Message", "") or str(error)).splitlines()
        return (
            f"程序出了意外，没有改动文档（{said[0] if said else type(error).__name__}）。请告诉维护人员。",
            False,
        )


class Opened(unohelper.Base, XDocumentEventListener):
    """A document has been opened: its KP_ cells are made ours, and follow the ledger from then on."""

    def documentEventOccured(self, event: Uno) -> None:  # noqa: N802  (spelled so by UNO)
        """A spreadsheet has been read."""
        model = event.Source
        if event.EventName == "OnLoadFinished" and hasattr(model, "Sheets"):
            with contextlib.suppress(Exception):  # a document that cannot be read is none of ours
                settle(model)

    def disposing(self, _event: Uno) -> None:
        """LibreOffice ends."""


class Started(_Named, XJob):
    """LibreOffice has started."""

    services = (STARTED,)

    def __init__(self, context: Uno) -> None:
        self._context = context

    def execute(self, _given: tuple[Uno, ...]) -> None:
        """From now on hear of every document."""
        name = "/singletons/com.sun.star.frame.theGlobalEventBroadcaster"
        self._context.getValueByName(name).addDocumentEventListener(Opened())


def registered() -> Uno:
    """What the extension's component hands over to LibreOffice."""
    helper = unohelper.ImplementationHelper()
    for each in (Functions, Menu, Started):
        helper.addImplementation(each, each.services[0], each.services)
    return helper
