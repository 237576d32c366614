"""What asking X and the model costs: set aside before, booked after."""
