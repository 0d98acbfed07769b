"""Whatever a hostile file holds, the judge answers; it never falls over and never accuses."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.ledger.evidence import scenes
from tests.ledger.evidence.scenes import KINDS, LOG_KEYS, ORIGIN, Scene
from truceline.ledger import checkpoint, note
from truceline.ledger.evidence import bundle
from truceline.ledger.evidence.judging import judge_bytes, judge_receipt
from truceline.values.texts import LANGUAGES


@pytest.fixture(scope="module")
def all_scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scene]:
    """One scene of each kind."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    return {kind: KINDS[kind](folder / kind) for kind in KINDS}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_any_member_may_be_anything(all_scenes: dict[str, Scene], data: st.DataObject) -> None:
    """Cut, spliced or replaced by noise, with a manifest made to fit: an answer in words."""
    kind = data.draw(st.sampled_from(sorted(all_scenes)))
    whole = bundle.unpack(all_scenes[kind].evidence)
    files = dict(whole.files)
    name = data.draw(st.sampled_from(sorted(files)))
    raw = files[name]
    at = data.draw(st.integers(0, len(raw)))
    noise = data.draw(
        st.binary(max_size=12) | st.sampled_from([b"\n\n", b"\xff", "\u2014 ".encode()])
    )
    files[name] = raw[:at] + noise + raw[data.draw(st.integers(at, len(raw))) :]
    if files == dict(whole.files):
        return
    strange = data.draw(st.sampled_from([kind, *KINDS, "case"]))
    found = judge_bytes(bundle.pack(strange, whole.origin, files), all_scenes[kind].trust)
    for language in LANGUAGES:
        assert list(found.lines(language))
    if strange != "refusal":  # which is proved by a signature, whoever was right
        assert not found.culprits or strange == kind


@given(raw=st.binary(max_size=300), entry=st.binary(max_size=40))
def test_any_bytes_are_judged_as_a_receipt(raw: bytes, entry: bytes) -> None:
    """No receipt, and no crash."""
    found = judge_receipt(raw, entry, scenes.Policy(logs=tuple(one.key for one in LOG_KEYS)))
    assert not found.proved


def test_a_head_the_log_dated_beyond_any_calendar_is_refused_in_words(tmp_path: Path) -> None:
    """The log itself may be hostile: its own signed date must not stop the verifier."""
    scene = scenes.denial(tmp_path)
    whole = bundle.unpack(scene.evidence)
    head = checkpoint.parse(whole.files["head.checkpoint"])
    text = checkpoint.encode(head)
    lines = [signer.sign(text, 2**63) for signer in LOG_KEYS]
    files = {**whole.files, "head.checkpoint": note.render(text, lines)}
    found = judge_bytes(bundle.pack("denial", ORIGIN, files), scene.trust)
    assert not found.proved
    assert "beyond any calendar" in str(found.points[-1].facts["why"])
