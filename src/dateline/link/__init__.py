"""From events to incidents: views, judgements on pairs, clusters, ids that last."""

from dateline.link.compare import compare
from dateline.link.run import Linked, link
from dateline.link.view import EventView, view_of

__all__ = ["EventView", "Linked", "compare", "link", "view_of"]
