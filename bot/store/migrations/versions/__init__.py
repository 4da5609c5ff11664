"""The migrations of the database, run by `bot.store.database`."""
