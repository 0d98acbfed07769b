"""Find the geometry files that an agreement names while it is being read."""

from pathlib import Path


class BesideTerms:
    """Looks for a named file beside the terms and in one folder the user gives.

    found: the bytes of every file that was asked for and there, by name.
    """

    def __init__(self, terms_path: Path, folder: Path | None = None) -> None:
        """Look beside `terms_path`, then in `folder`."""
        self._places = (terms_path.parent, *([folder] if folder else []))
        self.found: dict[str, bytes] = {}

    def __call__(self, name: str) -> bytes:
        """The bytes of a file; KeyError where it is in neither place, or lies outside both."""
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise KeyError(name)  # terms from elsewhere must not read this machine's files
        for place in self._places:
            if (place / name).is_file():
                self.found[name] = (place / name).read_bytes()
                return self.found[name]
        raise KeyError(name)
