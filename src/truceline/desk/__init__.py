"""What a person or a courier can do: one function, one act, one entry. The only room that appends."""
