"""The quality gate: what the default extractor must reach on the labelled material of the project.

`python -m tests.quality` prints the figures beside their floors; `--update` pins them anew and
refuses to lower a floor unless `--allow-regression` is given too.
"""
