"""The forms a bulletin may take: one folder each, with its figures and its three templates.

A form is added by a folder with `select.py`, `en.md.jinja`, `uk.md.jinja` and `ru.md.jinja`, and
one line in `FORMS`. Recipe: docs/recipes/bulletin-form.md.
"""

from collections.abc import Callable

from truceline.bulletins.forms.daily import select as daily
from truceline.bulletins.marks import Mapped
from truceline.bulletins.snapshot import Snapshot

FORMS: dict[str, Callable[[Snapshot], Mapped]] = {"daily": daily.select}
