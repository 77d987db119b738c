"""Checks: rules as data, one small function per rule, a runner that survives broken ones."""
