"""What a text says of numbers: figures, what each is of, denials, and lists; no table is asked here."""
