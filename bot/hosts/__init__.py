"""The hosts that can be asked: hosts.yml, their connections, how a line chooses among them."""
