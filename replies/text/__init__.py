"""Words as such: normalised, compared, told apart by language."""
