"""What makes a reply worth sending."""
