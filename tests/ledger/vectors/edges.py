"""Write edges.json beside this file: Ed25519 signatures on which libraries disagree.

    .venv/bin/python tests/ledger/vectors/edges.py

The curve is written down here from RFC 8032 §5.1, with the standard library alone and none of
Truceline's code, so that what is expected of a vector does not come from the library under test.
Classes follow what has been published about such disagreements: small-order and mixed-order keys
and commitments, encodings that are not canonical, S beyond the group's order, equations that hold
only after multiplying by the cofactor. Every choice is drawn from a hash: same script, same bytes.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha512
from pathlib import Path

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)  # noqa: E741 - the name it has in the RFC's formulas

Point = tuple[int, int]
ZERO: Point = (0, 1)


def add(one: Point, two: Point) -> Point:
    """The sum of two points."""
    (x1, y1), (x2, y2) = one, two
    k = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + k, -1, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - k, -1, P) % P
    return x, y


def times(k: int, point: Point) -> Point:
    """A multiple of a point: projective on the way (RFC 8032 §5.1.4), for speed."""
    total, here = (0, 1, 1), (*point, 1)
    while k:
        if k & 1:
            total = _projective(total, here)
        here, k = _projective(here, here), k >> 1
    over = pow(total[2], -1, P)
    return total[0] * over % P, total[1] * over % P


def _projective(one: tuple[int, int, int], two: tuple[int, int, int]) -> tuple[int, int, int]:
    (x1, y1, z1), (x2, y2, z2) = one, two
    a, c, d = z1 * z2 % P, x1 * x2 % P, y1 * y2 % P
    b, e = a * a % P, D * c * d % P
    f, g = b - e, b + e
    x = a * f * ((x1 + y1) * (x2 + y2) - c - d)
    return x % P, a * g * (d + c) % P, f * g % P


def negative(point: Point) -> Point:
    """The inverse of a point."""
    return -point[0] % P, point[1]


def root(square: int) -> int | None:
    """A square root modulo P, or None."""
    x = pow(square, (P + 3) // 8, P)
    if x * x % P == square % P:
        return x
    x = x * I % P
    return x if x * x % P == square % P else None


def with_y(y: int, sign: int) -> Point | None:
    """The point with this y and sign of x, or None if there is none."""
    x = root((y * y - 1) * pow(D * y * y + 1, -1, P))
    if x is None:
        return None
    return (x if x & 1 == sign else -x % P), y % P


def encode(point: Point) -> bytes:
    """The one canonical encoding."""
    return (point[1] | (point[0] & 1) << 255).to_bytes(32, "little")


BASE = with_y(4 * pow(5, -1, P) % P, 0) or ZERO


def torsion() -> list[Point]:
    """The eight points of small order, from the identity on."""
    for y in range(2, 100):
        point = with_y(y, 0)
        if point is not None:
            low = times(L, point)
            if times(4, low) != ZERO:
                return [times(k, low) for k in range(8)]
    raise AssertionError


TORSION = torsion()


def loose_encodings(point: Point) -> list[bytes]:
    """Encodings of a point that are not its canonical one: y beyond P, or a sign on x = 0."""
    ys = [y for y in (point[1], point[1] + P) if y < 2**255]
    signs = (0, 1) if point[0] == 0 else (point[0] & 1,)
    all_of_them = [(y | sign << 255).to_bytes(32, "little") for y in ys for sign in signs]
    return [raw for raw in all_of_them if raw != encode(point)]


def number(*words: object) -> int:
    """A number below L drawn from words."""
    return int.from_bytes(sha512(repr(words).encode()).digest(), "little") % L


def challenge(commitment: bytes, key: bytes, message: bytes) -> int:
    """What the signer is held to: SHA-512(R ‖ A ‖ M)."""
    return int.from_bytes(sha512(commitment + key + message).digest(), "little") % L


@dataclass
class Case:
    """A key, a signature and a message, with the points the encodings stand for."""

    what: str
    key: bytes
    commitment: bytes
    s: int
    message: bytes
    a: Point
    r: Point
    strict: bool = False

    def row(self) -> dict[str, object]:
        """The vector, with what holds of it by definition."""
        h = challenge(self.commitment, self.key, self.message)
        left = times(self.s % (8 * L), BASE)
        gap = add(left, negative(add(self.r, times(h, self.a))))
        return {
            "class": self.what,
            "key": self.key.hex(),
            "signature": (self.commitment + self.s.to_bytes(32, "little")).hex(),
            "message": self.message.hex(),
            "cofactorless": gap == ZERO,
            "cofactored": times(8, gap) == ZERO,
            "strict": self.strict,
        }


def message_of(what: str, at: int) -> bytes:
    """An invented message."""
    return f"{what}, number {at}: two mortar rounds beside the mill".encode()


def signed(what: str, at: int, *, low_a: Point = ZERO, low_r: Point = ZERO) -> Case:
    """A signature by the book over a key and a commitment that may carry a small-order part."""
    a, r, message = number("a", what, at), number("r", what, at), message_of(what, at)
    key, commitment = add(times(a, BASE), low_a), add(times(r, BASE), low_r)
    raw_key, raw_commitment = encode(key), encode(commitment)
    s = (r + challenge(raw_commitment, raw_key, message) * a) % L
    return Case(what, raw_key, raw_commitment, s, message, key, commitment)


def honest() -> Iterator[Case]:
    """What every library accepts, and what every one must: nothing odd about it."""
    for at in range(12):
        case = signed("honest", at)
        case.strict = True
        yield case


def wrong() -> Iterator[Case]:
    """Plainly wrong: another message, another S, another key."""
    for at in range(4):
        case = signed("other message", at)
        case.message += b"!"
        yield case
        case = signed("other S", at)
        case.s = (case.s + 1) % L
        yield case
        case, other = signed("other key", at), signed("other key", at + 100)
        case.key, case.a = other.key, other.a
        yield case


def long_s() -> Iterator[Case]:
    """S beyond the group's order: the same signature, spelt again."""
    for at in range(4):
        for more in (1, 2, 3, 7, 14):
            case = signed(f"S + {more} L", at)
            case.s += more * L
            if case.s < 2**256:
                yield case


def small_keys() -> Iterator[Case]:
    """Keys of small order, canonical and not: one signature fits many messages."""
    for number_of, low in enumerate(TORSION):
        for raw in [encode(low), *loose_encodings(low)]:
            canonical = "" if raw == encode(low) else ", not canonical"
            yield _fitting(f"A of small order{canonical}", raw, low, number_of)
            yield _with_small_r(f"A and R of small order{canonical}", raw, low)


def _fitting(what: str, raw: bytes, low: Point, at: int) -> Case:
    """A large commitment with a small part that cancels the key's, if some message allows it."""
    for tried in range(64):
        r, message = number(what, at, tried), message_of(what, tried)
        for part in TORSION:
            commitment = add(times(r, BASE), part)
            h = challenge(encode(commitment), raw, message)
            if add(part, times(h, low)) == ZERO:
                return Case(what, raw, encode(commitment), r, message, low, commitment)
    raise AssertionError


def _with_small_r(what: str, raw: bytes, low: Point) -> Case:
    """S = 0 and a commitment of small order."""
    for tried in range(64):
        message = message_of(what, tried)
        for part in TORSION:
            h = challenge(encode(part), raw, message)
            if add(part, times(h, low)) == ZERO:
                return Case(what, raw, encode(part), 0, message, low, part)
    raise AssertionError


def small_commitments() -> Iterator[Case]:
    """R of small order under an honest key: S = h·a, nothing is committed to."""
    for at, low in enumerate(TORSION):
        for raw in [encode(low), *loose_encodings(low)]:
            canonical = "" if raw == encode(low) else ", not canonical"
            a, message = number("small R", at), message_of("small R", at)
            key = times(a, BASE)
            s = challenge(raw, encode(key), message) * a % L
            what = f"R of small order{canonical}"
            yield Case(what, encode(key), raw, s, message, key, low)


def mixed() -> Iterator[Case]:
    """Keys and commitments with a small-order part: the equation may hold with the cofactor only."""
    for at, low in enumerate(TORSION[1:], start=1):
        yield signed("mixed-order A", at, low_a=low)
        yield signed("mixed-order A again", at, low_a=low)
        yield signed("mixed-order R", at, low_r=low)
        yield signed("mixed-order A and R", at, low_a=low, low_r=negative(low))
        yield _cancelling(at, low)


def _cancelling(at: int, low: Point) -> Case:
    """A mixed-order key whose small part the challenge happens to cancel: holds without cofactor."""
    for tried in range(200):
        case = signed("mixed-order A, cancelled", at * 1000 + tried, low_a=low)
        if times(challenge(case.commitment, case.key, case.message), low) == ZERO:
            return case
    raise AssertionError


def no_points() -> Iterator[Case]:
    """Encodings of no point at all, as key and as commitment."""
    ys = [y for y in range(2, 60) if with_y(y, 0) is None][:6]
    for at, y in enumerate(ys):
        case = signed("A is no point", at)
        case.key = y.to_bytes(32, "little")
        yield case
        case = signed("R is no point", at)
        case.commitment = y.to_bytes(32, "little")
        yield case


def vectors() -> list[dict[str, object]]:
    """All of them, in order."""
    classes = (honest, wrong, long_s, small_keys, small_commitments, mixed, no_points)
    return [case.row() for made in classes for case in made()]


def text() -> str:
    """The file."""
    rows = vectors()
    lines = ",\n".join(json.dumps(row, sort_keys=True) for row in rows)
    return f"[\n{lines}\n]\n"


if __name__ == "__main__":
    here = Path(__file__).parent / "edges.json"
    here.write_text(text(), encoding="utf-8")
