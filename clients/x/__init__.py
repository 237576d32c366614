"""X: one client for reading and replying, its stream, its ids, and which replies X lets an app send."""
