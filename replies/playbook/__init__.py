"""The playbook: ready answers by occasion, so that there is something to send without a model.

Two tables beside this file hold the words: default.toml the occasions, languages.toml short
answers for posts that are not in English.
"""

from replies.playbook.drafts import playbook_drafts
from replies.playbook.occasions import default_playbook

__all__ = ["default_playbook", "playbook_drafts"]
