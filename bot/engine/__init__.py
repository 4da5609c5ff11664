"""The Docker Engine API over httpx: one connection a host, typed answers, honest errors."""
