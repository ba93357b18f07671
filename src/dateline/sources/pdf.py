"""The text of a PDF, its printed lines joined to paragraphs again."""

import io
import re
from collections import Counter
from collections.abc import Iterator

from dateline.errors import SourceError
from dateline.sources.outcome import refusing

MOST_PAGES = 1_000
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]*$")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
# A line this much shorter than the column ends its paragraph.
_SHORT = 0.75


def pdf_text(data: bytes) -> str:
    """Read the text of a PDF, a paragraph a line.

    Page numbers and the running heads of most pages are left out. A word broken at a line's end
    is put together only if it stands whole elsewhere in the text. Raises SourceError for what is
    encrypted, broken, or has no text (a scan: text recognition is not done here).
    """
    with refusing("broken PDF"):
        pages = [page.splitlines() for page in _pages(data)]
    lines = list(_body(pages))
    if not any(lines):
        raise SourceError("PDF without text; scanned pages need text recognition first")
    return _paragraphs(lines)


def _pages(data: bytes) -> list[str]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError("encrypted PDF; remove its password first")
    if len(reader.pages) > MOST_PAGES:
        raise SourceError(f"PDF of more than {MOST_PAGES:,} pages; split it")
    return [page.extract_text() for page in reader.pages]


def _body(pages: list[list[str]]) -> Iterator[str]:
    edges = Counter(line.strip() for page in pages for line in {*page[:1], *page[-1:]})
    for page in pages:
        for number, line in enumerate(page):
            stripped = line.strip()
            edge = number in {0, len(page) - 1}
            running = edge and len(pages) > 2 and edges[stripped] > len(pages) / 2  # noqa: PLR2004
            if not running and not (edge and _PAGE_NUMBER.fullmatch(stripped)):
                yield stripped


def _paragraphs(lines: list[str]) -> str:
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else lengths[0]
    text = ""
    above = ""
    for line in lines:
        if not text or not line or not above:
            text += "\n" * bool(text and above) + line
        elif _ends_paragraph(above, line, width):
            text += "\n" + line
        else:
            text += " " + line
        above = line
    words = Counter(re.findall(r"\w+", text))
    whole = re.sub(r"(\w+)[-\u00ad] (\w+)", lambda m: _rejoined(m, words), text)
    return re.sub(r"\n+", "\n\n", whole).strip()


def _ends_paragraph(line: str, below: str, width: int) -> bool:
    if len(line) >= _SHORT * width:
        return False
    return bool(_SENTENCE_END.search(line)) or not below[0].islower()


def _rejoined(match: re.Match[str], words: Counter[str]) -> str:
    whole = match[1] + match[2]
    if words[whole] or "\u00ad" in match[0]:
        return whole
    # A dash between blanks is no broken word, and "pro- and anti-" keeps its blank.
    return f"{match[1]}-{match[2]}" if match[2][0].islower() and match[2] != "and" else match[0]
