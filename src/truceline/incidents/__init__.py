"""What claims, fused, let us say happened: reversible groups of claims with their reasons.

Nothing is merged into one truth. An incident lists who says what on whose word; corroboration is
counted by independent origins; a denial stands beside what it denies.
"""
