"""What people see in Slack: from the domain to Block Kit, pure functions only.

No service, no database and no clock here; the time is always an argument.
"""
