"""What every page shows: the mode, the centre, its clock, the ledger index, who is signed in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from truceline.desk.centre import read_settings
from truceline.desk.desk import Desk
from truceline.desk.errors import CentreRefused
from truceline.store.view import View
from truceline.values.mode import Mode
from truceline.web.people.models import User
from truceline.web.people.permissions import allowed

_PLACES = (
    ("start", _("The story")),
    ("queue", _("Queue")),
    ("incidents", _("Incidents")),
    ("windows", _("Windows")),
    ("bulletins", _("Bulletins")),
    ("terms", _("Terms")),
    ("texts", _("Texts")),
    ("coverage", _("Coverage")),
    ("ledger", _("Ledger")),
)
# In a centre that works in earnest the story and its drills have no place in the menu.
_NOT_IN_EARNEST = {"start"}


def standing(request: HttpRequest) -> dict[str, object]:
    """The facts of the frame around a page; a page without sign-in has hardly any."""
    language = get_language() or "en"
    desk, view = getattr(request, "desk", None), getattr(request, "view", None)
    if not (isinstance(desk, Desk) and isinstance(view, View)):
        return {**_spoken(language), **_at_the_door()}
    charter = desk.charter
    officer = request.user
    assert isinstance(officer, User)  # a desk is opened for nobody else
    return {
        **_spoken(language),
        "centre_name": charter.names.get(language, charter.name),
        "charter": charter,
        "mode": charter.mode.value,
        "zone": charter.zone,
        "now_us": view.as_of_us,
        "size": view.size,
        "officer": officer,
        "may": {act.replace(":", "_"): True for act in allowed(officer)},
        "places": [
            place
            for place in _PLACES
            if charter.mode is not Mode.LIVE or place[0] not in _NOT_IN_EARNEST
        ],
        "here": request.resolver_match.url_name if request.resolver_match else "",
    }


def _spoken(language: str) -> dict[str, object]:
    """The language of the page, and those to choose from, each by its own name."""
    return {"page_language": language, "languages": settings.LANGUAGES}


def _at_the_door() -> dict[str, object]:
    """What a stranger may know: which centre this is, and that it is, say, an exercise."""
    folder = settings.CENTRE_FOLDER
    if folder is None:
        return {}
    try:
        found = read_settings(folder)
    except CentreRefused:  # the page that says so needs a frame of its own
        return {}
    return {"centre_name": found.name, "mode": found.mode.value}
