"""How well coverage is read: keys made by hand, invented articles, and scores that say so."""
