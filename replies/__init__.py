"""What makes a reply worth sending: the lane, the drafts, the playbook and the checks.

Pure apart from asking a model through a callable that is handed in.
"""
