"""What arrived, byte for byte, and what it says in the monitors' own terms.

A source (`sources/`) turns bytes into rows; the modules beside it read what sources share: text
(`decoding`), rows and tables (`rows`, `tables`), cells (`fields`), times, coordinates, statements.
"""
