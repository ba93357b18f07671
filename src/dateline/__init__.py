"""News reports about armed violence in, an incident record out that anyone can check.

The names of `__all__` are the public ones; each is loaded when it is first asked for, so that
`import dateline` costs nothing. What type checkers see stands in `__init__.pyi`.
"""

__version__ = "0.1.0"

_HOMES = {
    "Claim": ("model", "Claim"),
    "Coder": ("coder", "Coder"),
    "DatelineError": ("errors", "DatelineError"),
    "Incident": ("model", "Incident"),
    "Judgement": ("model", "Judgement"),
    "Report": ("model", "Report"),
    "add_reports": ("add", "add_reports"),
    "find_plugin": ("plugins", "find_plugin"),
    "incident_rows": ("export.rows", "incident_rows"),
    # `dateline.link` is the package of linking, so its function goes by a longer name here.
    "link_events": ("link", "link"),
    "load_codebook": ("codebook", "load_codebook"),
    "make_report": ("model", "make_report"),
    "open_store": ("store", "open_store"),
    "read": ("sources", "read"),
}
__all__ = tuple(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}", name=name)
    from importlib import import_module

    module, original = _HOMES[name]
    globals()[name] = getattr(import_module(f"{__name__}.{module}"), original)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
