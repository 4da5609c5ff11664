"""Each kind of value as the docker CLI reads it: one function and one test table each."""
