"""Questions asked of the whole record, such as whether a figure agrees with it."""
