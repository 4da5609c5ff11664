"""What the docker CLI prints, from the daemon's answers: pure functions, no I/O.

Columns, headings, units and templates follow docker/cli 28.2 (`cli/command/formatter`) byte for byte where
it prints to no terminal. The way in: `container_list` and `image_list` give a `Table` or text,
`cli_text` prints a table as the CLI does, `phone_text` as a phone shows it.
"""
