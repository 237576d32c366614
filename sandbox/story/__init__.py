"""What happens in the practice room by itself."""
