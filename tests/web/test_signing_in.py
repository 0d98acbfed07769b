"""Signing in and out, guessing, and the language of the pages."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import PASSWORD, Browser
from tests.web.reading import Page
from truceline.values.instant import MINUTE_US

NOW_US = 1_775_000_000_000_000


def wrong_five_times(browser: Browser, name: str) -> None:
    """Guess until the name rests."""
    client = browser("")
    for guess in range(5):
        client.post("/sign-in/", {"username": name, "password": f"guess {guess}"})


def test_the_right_password_leads_on_in_the_officers_own_language(browser: Browser) -> None:
    """A liaison who reads Russian does not have to look for the switch."""
    client = browser("", "en")
    answer = client.post(
        "/sign-in/", {"username": "torrin", "password": PASSWORD, "next": "/windows/"}
    )
    assert answer["Location"] == "/windows/"
    assert Page(client.get("/windows/").content.decode()).language == "ru"


@pytest.mark.parametrize("name", ["watch", "nobody-of-this-name"])
def test_after_five_wrong_passwords_even_the_right_one_waits(browser: Browser, name: str) -> None:
    """A name nobody has rests like any other: the answer never tells which names exist."""
    wrong_five_times(browser, name)
    answer = browser("").post("/sign-in/", {"username": name.upper(), "password": PASSWORD})
    assert answer.status_code == 200
    assert "Signing in rests for 15 more minutes" in Page(answer.content.decode()).text


def test_guessing_from_elsewhere_keeps_nobody_from_the_desk(browser: Browser) -> None:
    """Counted per address, so that an adversary cannot lock a watch officer out."""
    wrong_five_times(browser, "watch")
    answer = browser("").post(
        "/sign-in/", {"username": "watch", "password": PASSWORD}, REMOTE_ADDR="10.1.2.3"
    )
    assert answer.status_code == 302


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.lists(st.integers(0, 20 * MINUTE_US), max_size=9), st.integers(0, 40 * MINUTE_US))
def test_a_name_rests_exactly_after_five_failures_and_for_a_quarter_of_an_hour(
    browser: Browser, steps: list[int], later_us: int
) -> None:
    """The rule by itself, at any instants: five in a row, fifteen minutes, then anew."""
    del browser
    from truceline.web.people import lockout  # noqa: PLC0415 - models want settings first

    lockout.forget("watch", "::1")
    count, at_us = 0, NOW_US
    last_us = at_us
    for step in steps:
        at_us += step
        if count >= lockout.LIMIT and at_us >= last_us + lockout.REST_US:
            count = 0
        count, last_us = count + 1, at_us
        lockout.note_failure("watch", "::1", at_us)
    asked_us = at_us + later_us
    rests = count >= lockout.LIMIT and asked_us < last_us + lockout.REST_US
    expected = last_us + lockout.REST_US if rests else None
    assert lockout.rests_until_us("watch", "::1", asked_us) == expected


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:1", ""]
)
def test_signing_in_never_leads_away_from_the_desk(browser: Browser, elsewhere: str) -> None:
    """A link that somebody sent cannot use our sign-in to lend itself our name."""
    answer = browser("").post(
        "/sign-in/", {"username": "watch", "password": PASSWORD, "next": elsewhere}
    )
    assert answer["Location"] == "/"


def test_signing_out_ends_the_session(browser: Browser) -> None:
    """Whoever sits down next starts at the door."""
    client = browser("watch")
    assert client.get("/queue/").status_code == 200
    client.post("/sign-out/")
    assert client.get("/queue/").status_code == 302


def test_a_language_the_desk_does_not_have_changes_nothing(browser: Browser) -> None:
    """Only the three are offered, and only they are taken."""
    client = browser("watch", "uk")
    for wanted in ("de", "../../etc", ""):
        client.post("/language/", {"language": wanted, "next": "/queue/"})
        assert Page(client.get("/queue/").content.decode()).language == "uk"
    client.post("/language/", {"language": "ru", "next": "/queue/"})
    assert Page(client.get("/queue/").content.decode()).language == "ru"


def test_passwords_are_kept_as_argon2_and_short_ones_refused(passed: Path) -> None:
    """The file of accounts is worth little to whoever steals it."""
    from truceline.values.errors import BadValue  # noqa: PLC0415
    from truceline.web.people import accounts  # noqa: PLC0415 - models want settings first
    from truceline.web.people.models import User  # noqa: PLC0415

    assert User.objects.get(username="watch").password.startswith("argon2$")
    with pytest.raises(BadValue, match="password"):
        accounts.add(passed, "new", "short", "VEL", "liaison", "New", "en")
    with pytest.raises(BadValue, match="role"):
        accounts.add(passed, "new", PASSWORD, "VEL", "admiral", "New", "en")
    assert not User.objects.filter(username="new").exists()
