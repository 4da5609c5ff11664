"""What people type: words, commands, flags and their values, as the docker CLI reads them. Pure."""
