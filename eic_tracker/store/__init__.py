"""The database file: tables, transactions, journal, migrations, copies."""
