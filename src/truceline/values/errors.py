"""The root of every error Truceline raises on purpose.

TrucelineError
├── BadValue            a value that cannot be: says what was found and what was wanted
└── … each room adds its own, one class per thing a caller does differently
"""


class TrucelineError(Exception):
    """Something a person can act on: the message says what was found, where, and what to do."""


class BadValue(TrucelineError, ValueError):
    """A value was refused; the message says what was found and what was wanted."""
