"""The permission list: who may do what to which object, from where. Pure but for reading the file."""
