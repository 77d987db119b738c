"""Use cases: what the command line and the window may call."""
