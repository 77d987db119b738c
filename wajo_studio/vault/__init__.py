"""Secrets: one key in the system's keyring, everything else in a file sealed with it.

Windows keeps at most 1,280 characters in an entry, too few for the tokens of an account. What it
protects against: other people on this PC, a stolen disk, a copied data folder. Programs that run
as the same person can read the keyring too.
"""
