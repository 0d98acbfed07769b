"""Officers, and the count of failed sign-ins."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import pgettext_lazy

from truceline.values.texts import LANGUAGES


class Role(models.TextChoices):
    """What an officer is there to do; `permissions.ALLOWED` says which acts that takes."""

    WATCH_OFFICER = "watch_officer", pgettext_lazy("role", "watch officer")
    LIAISON = "liaison", pgettext_lazy("role", "liaison officer")
    MEDIATOR = "mediator", pgettext_lazy("role", "mediator")
    ANALYST = "analyst", pgettext_lazy("role", "analyst")


class User(AbstractBaseUser):
    """One officer.

    reader: the code whose eyes they read with: a party, a body or the centre.
    """

    username: models.CharField[str, str] = models.CharField(max_length=40, unique=True)
    name: models.CharField[str, str] = models.CharField(max_length=120)
    reader: models.CharField[str, str] = models.CharField(max_length=20)
    role: models.CharField[str, str] = models.CharField(max_length=20, choices=Role.choices)
    language: models.CharField[str, str] = models.CharField(
        max_length=2, choices=[(code, code) for code in LANGUAGES]
    )
    is_active: models.BooleanField[bool, bool] = models.BooleanField(default=True)

    objects: ClassVar[BaseUserManager[User]] = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "reader", "role", "language"]

    def __str__(self) -> str:
        """The officer's name, as pages show it."""
        return self.name


class FailedSignIns(models.Model):
    """How often in a row signing in as one name from one address has failed."""

    username: models.CharField[str, str] = models.CharField(max_length=150)
    address: models.CharField[str, str] = models.CharField(max_length=45)
    failures: models.PositiveIntegerField[int, int] = models.PositiveIntegerField(default=0)
    last_us: models.BigIntegerField[int, int] = models.BigIntegerField(default=0)

    class Meta:
        """One row for each name and address."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["username", "address"], name="one_row_each")
        ]

    def __str__(self) -> str:
        """Say it as a log line would."""
        return f"{self.failures} failed sign-ins as {self.username} from {self.address}"
