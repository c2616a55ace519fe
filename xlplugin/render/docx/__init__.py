"""The bulletin as a Word document in the official format (GB/T 9704-2012).

Its WordprocessingML is written here, without a library: what the standard asks for — the grid, letters drawn closer, indents in
characters, fonts by face, page numbers that differ on odd and even pages, widths that Word, WPS and LibreOffice agree on — has no
name in python-docx's interface, so that with it, too, every paragraph would be XML of our own, only slower. The tests open what is
written here with python-docx, which knows nothing of us.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from xlplugin.bulletin.blocks import Block, Bulletin, Chart, Line, Title
from xlplugin.render.docx.body import LABEL, Draft, picture_room
from xlplugin.render.docx.footer import FOOTERS
from xlplugin.render.docx.package import packed, properties_xml
from xlplugin.render.docx.page import INCH, PORTRAIT
from xlplugin.render.docx.styles import fonts_xml, styles_xml
from xlplugin.render.pictures import draw
from xlplugin.settings import Settings


def document(bulletin: Bulletin, settings: Settings) -> bytes:
    """The .docx file; without its charts where they cannot be drawn."""
    pictures = draw(bulletin, PORTRAIT.text_width / INCH, picture_room(settings) / INCH)
    draft = Draft(settings, pictures)
    draft.write(list(_shown(bulletin.blocks, pictures)))
    title = next((block.text for block in bulletin.blocks if isinstance(block, Title)), "")
    parts = {
        "document.xml": draft.xml(),
        "styles.xml": styles_xml(settings),
        "fontTable.xml": fonts_xml(settings),
        **{f"{each.id}.xml": each.xml() for each in FOOTERS if settings.page_numbers},
    }
    properties = properties_xml(title, settings.office, settings.as_of)
    return packed(parts, draft.shown, properties)


def _shown(content: Sequence[Block], pictures: Mapping[Chart, bytes]) -> Iterator[Block]:
    """The blocks without the charts that cannot be drawn, and without the labels above these."""
    for block, below in zip_longest(content, content[1:]):
        chart = below if isinstance(block, Line) and block.role == LABEL else block
        if not isinstance(chart, Chart) or chart in pictures:
            yield block
