"""Write the hashes of the page's own style and script into its content policy.

python -m truceline.web.verify.sealing
"""

import base64
import re
from hashlib import sha256
from pathlib import Path

PAGE = Path(__file__).parent / "receipt.html"
_POLICY = re.compile(r'(http-equiv="Content-Security-Policy" content=")[^"]*(")')


def policy_of(page: str) -> dict[str, str]:
    """The directives that allow this page its own style and script, and nothing else."""
    return {
        "default-src": "'none'",
        "script-src": f"'{_hash(page, 'script')}'",
        "style-src": f"'{_hash(page, 'style')}'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def sealed(page: str) -> str:
    """The page with its policy made to fit it."""
    spelt = "; ".join(f"{name} {value}" for name, value in policy_of(page).items())
    return _POLICY.sub(rf"\g<1>{spelt}\g<2>", page)


def _hash(page: str, element: str) -> str:
    found = re.findall(rf"<{element}>(.*?)</{element}>", page, flags=re.DOTALL)
    assert len(found) == 1  # one of each, or the policy would cover only the first
    return f"sha256-{base64.b64encode(sha256(found[0].encode()).digest()).decode()}"


if __name__ == "__main__":
    PAGE.write_text(sealed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
