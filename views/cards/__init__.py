"""The card of a mention and its windows."""
