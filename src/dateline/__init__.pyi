from dateline.add import add_reports as add_reports
from dateline.codebook import load_codebook as load_codebook
from dateline.coder import Coder as Coder
from dateline.errors import DatelineError as DatelineError
from dateline.export.rows import incident_rows as incident_rows
from dateline.link import link as link_events
from dateline.model import Claim as Claim
from dateline.model import Incident as Incident
from dateline.model import Judgement as Judgement
from dateline.model import Report as Report
from dateline.model import make_report as make_report
from dateline.plugins import find_plugin as find_plugin
from dateline.sources import read as read
from dateline.store import open_store as open_store

__all__ = [
    "Claim",
    "Coder",
    "DatelineError",
    "Incident",
    "Judgement",
    "Report",
    "add_reports",
    "find_plugin",
    "incident_rows",
    "link_events",
    "load_codebook",
    "make_report",
    "open_store",
    "read",
]

__version__: str
