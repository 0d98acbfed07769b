"""What a report says happened: one statement, its number, and whose word it rests on."""
