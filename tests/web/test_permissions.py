"""Whose job an act is: the matrix, and that no page goes round it."""

from pathlib import Path

import pytest
from django.urls import resolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import Browser
from truceline.desk.desk import Desk

ROLES = ("watch_officer", "liaison", "mediator", "analyst")
READERS = ("CENTRE", "VEL", "TOR", "ALD", "JVT")
# Every address that acts, the act its button stands for, and what a form would send.
DOORS: dict[str, tuple[str, dict[str, str]]] = {
    "/complaints/new/": ("complaint:lodge", {}),
    "/complaints/C-0001/answer/": ("complaint:answer", {}),
    "/complaints/C-0001/in-hand/": ("complaint:acknowledge", {}),
    "/windows/new/": ("window:request", {}),
    "/windows/W-0001/guarantee/": ("window:guarantee", {}),
    "/windows/W-0001/refuse/": ("window:guarantee", {}),
    "/windows/W-0001/open/": ("window:run", {}),
    "/windows/W-0001/complete/": ("window:run", {}),
    "/windows/W-0001/withdraw/": ("window:withdraw", {}),
    "/bulletins/B-0001/object/": ("bulletin:object", {}),
    "/bulletins/publish/": ("bulletin:publish", {}),
    "/bulletins/B-0001/correct/": ("bulletin:publish", {}),
    "/drills/rewrite/": ("drill:rewrite", {}),
}


def size(centre: Path) -> int:
    """How many entries the ledger holds."""
    desk = Desk.open(centre)
    try:
        return desk.log.head().size
    finally:
        desk.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    role=st.sampled_from(ROLES),
    reader=st.sampled_from(READERS),
    door=st.sampled_from(sorted(DOORS)),
)
def test_a_door_opens_exactly_to_those_whose_job_it_is(
    browser: Browser, centre: Path, role: str, reader: str, door: str
) -> None:
    """403 and an unchanged ledger for everybody else, whatever page they send it from."""
    from truceline.web.people.models import User  # noqa: PLC0415 - models want settings first
    from truceline.web.people.permissions import may  # noqa: PLC0415

    officer, _ = User.objects.update_or_create(
        username="somebody", defaults={"role": role, "reader": reader, "language": "en"}
    )
    act, fields = DOORS[door]
    before = size(centre)
    client = browser("somebody")
    answer = client.post(door, fields)
    assert (answer.status_code == 403) == (not may(officer, act)), (role, reader, door)
    if answer.status_code == 403:
        assert size(centre) == before


ONLY_READ = (
    "/", "/queue/", "/queue/now/", "/incidents/", "/incidents/I-AAAAAAAA/", "/complaints/C-0001/",
    "/windows/", "/windows/W-0001/", "/terms/", "/texts/", "/bulletins/", "/bulletins/B-0001/",
    "/bulletins/B-0001/en.md", "/coverage/", "/ledger/", "/ledger/1/receipt/", "/drills/sight/",
    "/ledger/1/entry/", "/verify/receipt/",
)  # fmt: skip
AT_THE_DOOR = ("/sign-in/", "/sign-out/", "/language/")
LINKING = ("/incidents/I-AAAAAAAA/link/", "/incidents/I-AAAAAAAA/undo/")


def test_every_address_of_the_desk_is_known_to_act_or_only_to_be_read(browser: Browser) -> None:
    """A new screen is put into one of these lists, and what is only read takes no form."""
    from truceline.web import urls  # noqa: PLC0415 - models want settings first

    client = browser("watch")
    known = {resolve(one).url_name for one in (*DOORS, *ONLY_READ, *AT_THE_DOOR, *LINKING)}
    assert {one.name for one in urls.urlpatterns} == known
    assert {one: client.post(one).status_code for one in ONLY_READ} == dict.fromkeys(ONLY_READ, 405)


@pytest.mark.parametrize("officer", ["velmark", "torrin", "aldmoor"])
def test_only_the_centre_puts_claims_together(browser: Browser, officer: str) -> None:
    """A party that could link claims could make two events one, or one two."""
    client = browser(officer)
    for act in ("link", "undo"):
        answer = client.post(f"/incidents/I-AAAAAAAA/{act}/", {"reason": "because", "entry": "1"})
        assert answer.status_code == 403


def test_no_role_may_do_everything() -> None:
    """Who runs the desk does not also speak for a party."""
    from truceline.web.people.permissions import ACTS, ALLOWED  # noqa: PLC0415

    assert all(acts < frozenset(ACTS) for acts in ALLOWED.values())
    assert frozenset(ACTS) == frozenset().union(*ALLOWED.values())
