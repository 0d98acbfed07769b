"""Couriers fetch bytes from elsewhere and hand them in; they never read what they carry."""
