"""Many posts from a table."""
