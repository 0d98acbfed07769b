"""Groups in which everyone fits everyone."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from truceline.engines.clustering import Pairs, cluster, tree

ROWS = 9
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda p: p[0] < p[1]),
    st.integers(-5, 9),
)


def columns(weights: dict[tuple[int, int], int]) -> Pairs:
    """Pairs in the order given."""
    one, other = ([pair[side] for pair in weights] for side in (0, 1))
    return Pairs(
        one=np.array(one, dtype=np.int64),
        other=np.array(other, dtype=np.int64),
        millibits=np.array(list(weights.values()), dtype=np.int64),
    )


@given(PAIRS, st.data())
def test_every_two_of_a_group_fit_and_no_two_groups_could_join(
    weights: dict[tuple[int, int], int], data: st.DataObject
) -> None:
    """No chain: each pair inside is weighed and fits. And nothing that all fits is left in two."""
    shuffled = dict(data.draw(st.permutations(list(weights.items()))))
    label = cluster(ROWS, columns(weights), link=3, fit=0)

    assert (label == cluster(ROWS, columns(shuffled), link=3, fit=0)).all()
    groups = {int(least): np.flatnonzero(label == least).tolist() for least in np.unique(label)}
    for least, rows in groups.items():
        assert rows[0] == least
        assert all(weights.get((a, b), -9) >= 0 for a in rows for b in rows if a < b)
    for a, b in ((a, b) for a in groups for b in groups if a < b):
        across = [weights.get((min(x, y), max(x, y)), -9) for x in groups[a] for y in groups[b]]
        assert min(across) < 0 or max(across) < 3


@given(PAIRS, st.sets(st.tuples(st.integers(0, 3), st.integers(4, 8)), max_size=4))
def test_what_a_person_kept_apart_stays_apart(
    weights: dict[tuple[int, int], int], apart: set[tuple[int, int]]
) -> None:
    """However strong the link."""
    label = cluster(ROWS, columns(weights), link=3, fit=0, apart=apart)

    assert all(label[one] != label[other] for one, other in apart)


@given(PAIRS)
def test_a_tree_holds_each_group_with_the_fewest_strongest_pairs(
    weights: dict[tuple[int, int], int],
) -> None:
    """One pair fewer than rows in each group, and all of the group reached."""
    pairs = columns(weights)
    label = cluster(ROWS, pairs, link=3, fit=0)
    kept = tree(label, pairs, least=0)

    assert len(kept) == ROWS - len(np.unique(label))
    assert all(label[pairs.one[n]] == label[pairs.other[n]] for n in kept)
