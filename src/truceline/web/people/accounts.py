"""Make accounts: for the command line, and for a demonstration."""

from pathlib import Path

from truceline.values.errors import BadValue
from truceline.values.texts import LANGUAGES
from truceline.web.starting import start


def add(  # noqa: PLR0913, PLR0917 - an account is these seven facts
    centre: Path, username: str, password: str, reader: str, role: str, name: str, language: str
) -> None:
    """Make an account at a centre, or give the one of that name these facts and this password.

    Raises BadValue for a role or a language the desk does not have, or a password it refuses.
    """
    start(centre)
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from truceline.web.people.models import Role, User  # noqa: PLC0415

    if role not in Role.values:
        raise BadValue(f"role {role!r} is not one of {', '.join(Role.values)}")
    if language not in LANGUAGES:
        raise BadValue(f"language {language!r} is not one of {', '.join(LANGUAGES)}")
    user = User.objects.filter(username=username).first() or User(username=username)
    user.name, user.reader, user.role, user.language = name, reader, role, language
    try:
        validate_password(password, user)
    except ValidationError as problem:
        raise BadValue(f"password for {username!r}: {' '.join(problem.messages)}") from problem
    user.set_password(password)
    user.save()
