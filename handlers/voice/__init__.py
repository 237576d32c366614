"""The voice, the playbook and what Greenroom learned."""
