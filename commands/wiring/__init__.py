"""The parts of one Greenroom put together from its settings."""
