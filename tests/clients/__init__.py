"""The doors, tried against practice services and against servers that misbehave."""
