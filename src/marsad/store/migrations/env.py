"""Alembic's door: run migrations on the connection that `database` hands over."""

from alembic import context

from marsad.store.indexes import is_ours
from marsad.store.schema import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    transactional_ddl=True,
    include_name=is_ours,
)
with context.begin_transaction():
    context.run_migrations()
