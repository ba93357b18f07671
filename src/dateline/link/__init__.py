"""From events to incidents: views, weights of pairs, clusters, ids that last."""

from dateline.link.run import Linked, link
from dateline.link.view import EventView, view_of
from dateline.link.weights import load_weights

__all__ = ["EventView", "Linked", "link", "load_weights", "view_of"]
