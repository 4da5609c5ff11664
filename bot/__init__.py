"""dockwarden: a Slack bot that controls Docker hosts."""
