"""Posts, their authors, and what may be kept of them."""
