"""Every signed-in request opens the centre, brings its tables up to date, and closes it again.

What a page may show it takes from `request.view`, which is bound to one reader; what an officer
does goes through `request.desk`.
"""

import threading
from collections.abc import Callable
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from truceline.desk.clock import Clock
from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused, NotPermitted
from truceline.store.view import View
from truceline.values.errors import TrucelineError
from truceline.web import failing
from truceline.web.people.models import User

# Incidents are computed once for everybody, not by several requests side by side.
_REFRESHING = threading.Lock()


class DeskRequest(HttpRequest):
    """A request by a signed-in officer."""

    desk: Desk
    view: View
    officer: User


class OpenDesk:
    """Middleware: a desk for each request of a signed-in officer; errors in words."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        """Stand before `respond`."""
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and let go of the centre's files whatever came of it."""
        try:
            return self.respond(request)
        finally:
            timezone.deactivate()
            if isinstance(desk := getattr(request, "desk", None), Desk):
                desk.close()

    def process_view(self, request: HttpRequest, *_: object) -> HttpResponse | None:
        """Open the centre for whoever is signed in; pages without sign-in read nothing."""
        if not isinstance(request.user, User):
            return None
        try:
            _attach(request, request.user)
        except NotPermitted as problem:
            return failing.refused(request, problem)
        except TrucelineError as problem:
            return failing.not_ready(request, problem)
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer what a person can act on with its message; leave the rest to fail loudly."""
        return failing.refused(request, problem) if isinstance(problem, TrucelineError) else None


def open_desk() -> Desk:
    """Open the centre this process serves, on the clock all its requests share."""
    folder = settings.CENTRE_FOLDER
    if folder is None:
        raise CentreRefused("no centre is named; start the desk with `truceline serve DIR`")
    return Desk.open(folder, clock_of(folder))


@cache
def clock_of(folder: Path) -> Clock:
    """The centre's clock; an exercise's goes on from where it was left, once for the process."""
    desk = Desk.open(folder)
    desk.close()
    return desk.clock


def _attach(request: HttpRequest, officer: User) -> None:
    desk = open_desk()
    request.desk = desk  # type: ignore[attr-defined]  # DeskRequest, from here on
    with _REFRESHING:
        desk.refresh()
    desk.refuse_stranger(officer.reader)
    request.officer = officer  # type: ignore[attr-defined]
    request.view = desk.view(officer.reader)  # type: ignore[attr-defined]
    timezone.activate(desk.charter.where)
