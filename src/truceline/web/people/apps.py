"""How Django knows this app."""

from django.apps import AppConfig


class People(AppConfig):
    """Accounts of the desk."""

    name = "truceline.web.people"
    label = "people"
