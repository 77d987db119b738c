"""Text as each network counts it."""
