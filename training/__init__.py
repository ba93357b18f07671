"""How the tagger's weights are made: `python -m training`."""
