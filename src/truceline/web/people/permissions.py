"""Which role may do which act. The desk asks again whose word it is; this asks whose job it is."""

from collections.abc import Mapping

from truceline.values.audience import CENTRE
from truceline.web.people.models import Role, User

LODGE = "complaint:lodge"
ACKNOWLEDGE = "complaint:acknowledge"
ANSWER = "complaint:answer"
LINK = "incident:link"
REQUEST = "window:request"
GUARANTEE = "window:guarantee"
RUN = "window:run"
WITHDRAW = "window:withdraw"
OBJECT = "bulletin:object"
PUBLISH = "bulletin:publish"
REWRITE = "drill:rewrite"

ACTS = (
    LODGE, ACKNOWLEDGE, ANSWER, LINK, REQUEST, GUARANTEE, RUN, WITHDRAW, OBJECT, PUBLISH, REWRITE,
)  # fmt: skip
ALLOWED: Mapping[str, frozenset[str]] = {
    Role.WATCH_OFFICER: frozenset(
        {LODGE, ACKNOWLEDGE, LINK, REQUEST, RUN, WITHDRAW, PUBLISH, REWRITE}
    ),
    Role.LIAISON: frozenset(
        {LODGE, ACKNOWLEDGE, ANSWER, REQUEST, GUARANTEE, WITHDRAW, OBJECT, REWRITE}
    ),
    Role.MEDIATOR: frozenset({REQUEST, GUARANTEE, WITHDRAW, OBJECT, REWRITE}),
    Role.ANALYST: frozenset({LINK, REWRITE}),
}
# Opening a window and publishing are the centre's own word, whatever an officer's role.
CENTRE_ONLY = frozenset({LINK, RUN, PUBLISH})


def allowed(officer: User) -> frozenset[str]:
    """The acts this officer may do."""
    acts = ALLOWED.get(officer.role, frozenset())
    return acts if officer.reader == CENTRE else acts - CENTRE_ONLY


def may(officer: User, act: str) -> bool:
    """Say whether this officer may do an act. Default deny."""
    return act in allowed(officer)
