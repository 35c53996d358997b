"""Files in: spreadsheets, tables of documents and pasted text become typed rows with problems; no database here."""
