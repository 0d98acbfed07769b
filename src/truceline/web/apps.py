"""How Django knows the web room: its pages, its static files, its tags."""

from django.apps import AppConfig


class Web(AppConfig):
    """The desk's pages."""

    name = "truceline.web"
    label = "desk_pages"
