"""The voice, the playbook and their windows."""
