"""The way in: who may, what is asked, and the boundary that turns errors into sentences."""
