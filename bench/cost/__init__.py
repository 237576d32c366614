"""What reading X costs a business in a month, against plain pollers."""
