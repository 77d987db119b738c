"""What developers run; nothing of it is needed to use the program."""
