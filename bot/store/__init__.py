"""What outlives a restart: the audit chain, operations, deliveries and buttons, in SQLite or PostgreSQL."""
