"""Placement specs: what each network takes, as dated and sourced data."""
