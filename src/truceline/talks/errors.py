"""What can go wrong where texts are negotiated.

TrucelineError
├── BadTalk        the payload of an act cannot be read
└── TalkRefused    the act is not possible as things stand; it has a code
"""

from truceline.talks.wording import REFUSALS
from truceline.values.errors import BadValue, TrucelineError


class BadTalk(BadValue):
    """The payload of an act cannot be read; the message says which kind and what is wrong."""


class TalkRefused(TrucelineError):
    """The rules do not allow this act now; the state is unchanged.

    code: which rule, a key of `wording.REFUSALS`, so that a page can say it in its language.
    """

    def __init__(self, code: str, where: str, detail: str = "") -> None:
        """Say which rule refused, what it was about, and what it turned on."""
        self.code = code
        tail = f" ({detail})" if detail else ""
        super().__init__(f"{where}: {REFUSALS[code].en}{tail}")
