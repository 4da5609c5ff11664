"""The one way to what changes something or reads secrets: judge, record, run, record again."""
