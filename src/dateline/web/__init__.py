"""The explorer: the record in a browser, and the API behind it."""
