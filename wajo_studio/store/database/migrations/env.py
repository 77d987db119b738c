"""What Alembic runs: the steps, each in a transaction of its own, on the connection given.

This folder is no package: only Alembic loads its files, and none of them imports anything of ours:
they tell how things were then.
"""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transactional_ddl=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
