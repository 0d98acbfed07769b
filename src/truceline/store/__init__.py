"""Tables drawn from the ledger; may be deleted at any hour, `truceline redraw` brings them back."""
