"""Every migration that was released, in order; none is ever changed."""
