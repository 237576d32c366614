"""The home tab and the settings window."""
