"""Corrections of values by people: one more claim, which wins; nothing is changed or lost."""

from dateline.corrections.correcting import correct, undo_correction

__all__ = ["correct", "undo_correction"]
