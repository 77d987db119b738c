"""A network for training days: on this PC, for nobody to see."""
