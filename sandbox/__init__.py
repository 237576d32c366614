"""The practice room: a practice Slack, X and model server over real HTTP; nothing leaves this machine."""
