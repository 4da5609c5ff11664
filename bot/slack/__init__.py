"""Slack: what it delivers, how it is answered, who its people are. Nobody else imports slack_bolt or slack_sdk."""
