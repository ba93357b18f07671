"""The fixture strategy.

* Prefer no fixture. Build the one report, claim or incident a test is about inside the test, from
  the smallest text that shows the point; a reader should not have to scroll to know the input.
* A fixture here serves several test modules. One that serves a single module stands in that module.
* Everything runs offline, without weights, and gives the same answer each time. State lives under
  `tmp_path`; nothing is written beside the source, into the home folder or to a shared database.
* What must hold for every store, extractor or exporter is a parametrised fixture over all of them,
  not a copy of the test. A missing server or extra skips with its reason, never silently.
* Expected values are literal and come from reading the text, not from running the code.
"""

from hypothesis import settings

pytest_plugins = ["tests.databases", "tests.explorer"]

# The same examples each time: a red test is red on every machine. No deadline, because a slow
# machine is not a bug. Look for new examples with `pytest --hypothesis-profile explore`.
settings.register_profile("dateline", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("dateline")
