"""Packing the small verifier into one file, `dist/truceline-verify.pyz`, always the same bytes.

    python -m truceline.ledger.packing dist/truceline-verify.pyz

It holds `ledger` and `values` and needs msgspec, PyNaCl and cryptography installed (each brings
cffi where it uses it).
"""

import io
import sys
import zipfile
from pathlib import Path

import truceline

_ROOMS = ("ledger", "values")
_DATE = (1980, 1, 1, 0, 0, 0)
_START = "import sys\nfrom truceline.ledger.__main__ import main\nsys.exit(main())\n"
_SHEBANG = b"#!/usr/bin/env python3\n"


def pack_verifier(path: Path) -> None:
    """Write the verifier as a zip application; equal sources give equal bytes."""
    package = Path(truceline.__file__).parent
    files = {"__main__.py": _START.encode(), "truceline/__init__.py": b""}
    for room in _ROOMS:
        for module in sorted((package / room).rglob("*.py")):
            files[f"truceline/{module.relative_to(package).as_posix()}"] = module.read_bytes()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system, info.external_attr = 3, 0o100644 << 16
            archive.writestr(info, files[name])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_SHEBANG + held.getvalue())
    path.chmod(0o755)


if __name__ == "__main__":
    pack_verifier(Path(sys.argv[1]))
