"""News reports about armed violence in, an incident record out that anyone can check."""

__version__ = "0.1.0"
