"""What can go wrong at the desk.

TrucelineError
├── CentreRefused     this folder is not a centre we may safely work on
├── NotPermitted      the officer may not do this
├── NothingTaken      not one byte could be taken in, and why
└── ActRefused        the act is not possible in the state things are in
"""

from truceline.values.errors import TrucelineError


class CentreRefused(TrucelineError):
    """The folder is not a centre, or not one we may safely work on; the message says what to do."""


class NotPermitted(TrucelineError):
    """The officer may not do this; somebody else may, and the message says who."""


class NothingTaken(TrucelineError):
    """Nothing could be taken in from what was given."""


class ActRefused(TrucelineError):
    """The act is not possible as things stand; the message says what stands in the way."""
