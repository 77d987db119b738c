"""The database under the data folder: posts, media, accounts, deliveries, proofs, audit log.

SQLAlchemy is imported at the top of these modules; import them in the function that needs them.
Accounts stand here without their secrets, which lie in the vault.
"""
