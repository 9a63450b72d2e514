"""What the READMEs show."""
