"""The exceptions a caller may meet; data problems are values (`Unknown`), not exceptions."""


class DatelineError(Exception):
    """Base of all errors; the message is one line: the input, the reason, what to do."""


class ConfigError(DatelineError):
    """A setting, a codebook folder or a plug-in name is wrong."""


class SourceError(DatelineError):
    """An input could not be read; the rest of the inputs go on."""


class ExtractError(DatelineError):
    """An extractor is missing what it needs (weights, a model, a service)."""


class SpanError(DatelineError):
    """A span does not lie inside its report, or a quote is not in its text."""


class StoreError(DatelineError):
    """The store refused a row or could not be opened."""
