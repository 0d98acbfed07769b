"""What people and couriers can do: one function, one act, one entry. Only this room appends."""
