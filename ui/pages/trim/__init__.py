"""The dialog that trims a clip."""
