"""From a published report (web page, Word, PDF, text) to a filled workbook: thin readers before one recogniser."""
