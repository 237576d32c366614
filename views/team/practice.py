"""What is said in the practice room of who sees what is written there."""

from views.blocks.formatting import excerpt


def practice_line(model_host: str = "") -> str:
    """Say who sees it: nobody outside, or besides them the model at a host."""
    if not model_host:
        return "Practice: nobody outside this room sees anything."
    host = excerpt(model_host, 100)
    return f"Practice: the model at {host} sees what is written here, and nobody else outside."
