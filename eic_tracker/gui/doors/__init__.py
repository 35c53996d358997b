"""The screens before a user is in: first run and sign-in."""
