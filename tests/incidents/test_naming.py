"""Numbers of incidents are promised to whoever quotes them."""

from truceline.incidents.naming import incident_id, incident_ids


def test_an_incidents_number_is_the_one_it_always_was() -> None:
    """The derivation is in the format page; a change would rename every incident ever quoted."""
    assert incident_id("17#3") == "I-7JUXUUJY"


def test_of_two_that_would_be_alike_the_later_takes_more_letters() -> None:
    """Ten million incidents collide somewhere; the earlier number never changes."""
    same = ["17#3", "17#3", "18#1", "17#3"]
    first, second, other, third = incident_ids(same)

    assert first == "I-7JUXUUJY"
    assert second.startswith(first)
    assert third.startswith(second)
    assert len({first, second, other, third}) == 4
    assert incident_ids(same[:1]) == [first]
