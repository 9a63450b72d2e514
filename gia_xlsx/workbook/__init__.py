"""Everything that touches a spreadsheet file."""
