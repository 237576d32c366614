"""Parts of which all messages are made."""
