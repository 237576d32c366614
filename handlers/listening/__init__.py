"""What members set about watches and first steps."""
