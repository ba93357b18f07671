"""Measuring what was coded against what people wrote down."""
