"""One file per command: its grammar, what it needs, what it asks, what it replies. `catalogue` lists them."""
