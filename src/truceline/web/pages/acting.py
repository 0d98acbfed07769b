"""What every page that acts has in common: is it their job, do it once, say what came of it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.utils.translation import gettext

from truceline.values.errors import TrucelineError
from truceline.web import failing
from truceline.web.opening import DeskRequest
from truceline.web.people.permissions import may


def require(request: DeskRequest, act: str) -> None:
    """Stop with 403 unless it is this officer's job."""
    if not may(request.officer, act):
        raise PermissionDenied(act)


def do(request: DeskRequest, act: Callable[[], object], said: str) -> bool:
    """Do an act, and tell the officer either that it stands in the ledger or what stood in the way.

    A refusal changes nothing, so it is a message on the page they came from and not an error page.
    """
    try:
        act()
    except TrucelineError as problem:
        messages.error(request, failing.in_words(problem))
        return False
    size = request.desk.refresh()
    where = gettext("It stands in the ledger, which now holds %(size)d entries.") % {"size": size}
    messages.success(request, f"{said} {where}")
    return True


def complain(request: DeskRequest, form: Form) -> None:
    """Repeat a short form's errors as messages, where the page does not show the form again."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
