"""What every PDF paper is drawn with: fonts, pages, tables, charts, QR."""
