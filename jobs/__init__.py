"""What happens by itself: the worker and one file per kind of job."""
