"""All SQL: one file a subject, each function taking an open transaction first."""
