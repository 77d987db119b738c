"""The settings page: what holds for this PC and this office."""
