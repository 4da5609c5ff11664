"""Pure Block Kit. Foreign text only ever stands in rich text elements, which Slack shows as they are."""
