"""Questions about what is stored, asked in a direct message: understood by rules, or by a model.

Nothing here acts: an answer is words and posts that were found.
"""

from replies.questions.answering import MOST_POSTS, ModelAnswered, answer_by_model
from replies.questions.understanding import Question, Topic, read_question

__all__ = ["MOST_POSTS", "ModelAnswered", "Question", "Topic", "answer_by_model", "read_question"]
