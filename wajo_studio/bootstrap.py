"""Wires settings, store and services together."""
