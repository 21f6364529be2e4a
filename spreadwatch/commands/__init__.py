"""The commands, one file for those that belong together; each is loaded when it is called."""
