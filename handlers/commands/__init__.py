"""The subcommands of /greenroom, a file each."""
