"""What members write below a card or to Greenroom itself."""
