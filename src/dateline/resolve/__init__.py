"""From words to values: which day, which place, which actor."""
