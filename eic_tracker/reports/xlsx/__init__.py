"""What every workbook is written with: sheets, detail tables, formulas, safe cells."""
