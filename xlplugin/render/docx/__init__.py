"""The bulletin as a Word document in the official format (GB/T 9704-2012).

Its WordprocessingML is written here, without a library: what the standard asks for — the grid, letters drawn closer, indents in
characters, fonts by face, page numbers that differ on odd and even pages, widths that Word, WPS and LibreOffice agree on — has no
name in python-docx's interface, so that with it, too, every paragraph would be XML of our own, only slower. The tests open what is
written here with python-docx, which knows nothing of us.
"""

from __future__ import annotations

from xlplugin.bulletin.blocks import Bulletin, Chart, Title
from xlplugin.render.docx.body import Draft
from xlplugin.render.docx.package import packed, properties_xml
from xlplugin.render.docx.page import INCH, PORTRAIT
from xlplugin.render.docx.paragraph import FOOTERS, footer_xml
from xlplugin.render.docx.styles import fonts_xml, styles_xml
from xlplugin.render.pictures import draw
from xlplugin.settings import Settings


def document(bulletin: Bulletin, settings: Settings) -> bytes:
    """The .docx file; without its charts where they cannot be drawn."""
    pictures = draw(bulletin, PORTRAIT.text_width / INCH, PORTRAIT.text_height / INCH)
    draft = Draft(settings, pictures)
    draft.write(
        [block for block in bulletin.blocks if not isinstance(block, Chart) or block in pictures]
    )
    title = next((block.text for block in bulletin.blocks if isinstance(block, Title)), "")
    parts = {
        "document.xml": draft.xml(),
        "styles.xml": styles_xml(settings),
        "fontTable.xml": fonts_xml(settings),
        **{f"{each.id}.xml": footer_xml(each) for each in FOOTERS if settings.page_numbers},
    }
    properties = properties_xml(title, settings.office, settings.as_of)
    return packed(parts, draft.shown, properties)
