"""How fast dockwarden is, beside the docker CLI, docker-py and a raw socket: `python -m tests.bench`."""
