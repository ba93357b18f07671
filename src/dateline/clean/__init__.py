"""Report text without page clutter: from a saved web page or from plain text.

The clean text is what a report stores and what all offsets refer to. Cleaning takes whole lines
out and never edits inside one, and cleaning a clean text changes nothing. Which lines are clutter
is data: the grammar `clutter` of the codebook.
"""

from dateline.clean.head import find_language, find_published, find_title, iso_date
from dateline.clean.lines import Clutter, clean_text, unwrap
from dateline.clean.page import Page, clean_html

__all__ = [
    "Clutter",
    "Page",
    "clean_html",
    "clean_text",
    "find_language",
    "find_published",
    "find_title",
    "iso_date",
    "unwrap",
]
