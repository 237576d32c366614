"""From X's pages and stream to stored mentions."""
