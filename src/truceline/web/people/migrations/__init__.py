"""How the accounts' tables came to be as they are."""
