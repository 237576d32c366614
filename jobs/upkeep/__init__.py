"""What is done once in a while: gone posts, retention, profiles, the own timeline."""
