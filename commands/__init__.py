"""What the command line does: run, demo, doctor. Only here are all rooms put together."""
