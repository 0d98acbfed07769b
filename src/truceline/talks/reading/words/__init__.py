"""Words the rules rest on, by language: plain sets, no rule among them.

Every list is open: a journalist's word that is missing is added here, never in a rule.
"""


def words(listed: str) -> tuple[str, ...]:
    """The words of a list written as running text."""
    return tuple(listed.split())
