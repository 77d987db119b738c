"""The compose page: what you type, what it will look like, what is wrong with it."""
