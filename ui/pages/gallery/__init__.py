"""The templates to choose from."""
