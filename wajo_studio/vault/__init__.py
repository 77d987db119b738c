"""Secrets of accounts: a key in the keyring, the rest in a file sealed with it."""
