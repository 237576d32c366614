"""Our messages in Slack, threads and members."""
