"""Everything that `doctor` looks at, a file a subject."""
