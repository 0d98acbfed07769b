"""Who said it: one invented sentence or two for every rule, in three languages."""

import pytest

from truceline.talks.reading import read

CAST = "Velian Foreign Minister Tomas Brandt and Ostlandic envoy Mira Kovač met in Orrin.\n"
UK = "Міністр закордонних справ Андрій Гнатенко і посланниця Міра Ковач зустрілися в Орріні.\n"
RU = "Министр иностранных дел Андрей Гнатенко и посланница Мира Ковач встретились в Оррине.\n"
BRANDT, KOVAC = "p:tomas-brandt", "p:mira-kovac"


def speakers(text: str) -> list[str | None]:
    """The references of the outer quotations' speakers, in order."""
    document = read({"a": text.encode()}).documents[0]
    return [quote.speaker for quote in document.quotes if quote.kind != "nested"]


def names(text: str) -> list[str | None]:
    """The names of the speakers, in order."""
    reading = read({"a": text.encode()})
    by_id = {person.id: person.name for person in reading.persons}
    return [by_id.get(quote.speaker or "", quote.speaker) for quote in reading.documents[0].quotes]


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("“We have no map,” Brandt said.", BRANDT),
        ("“We have no map,” said Brandt, who left early.", BRANDT),
        ("Brandt said the talks were “frank”.", BRANDT),
        ("Brandt told reporters on Friday: “We have no map.”", BRANDT),
        ("“We have no map,” the envoy said.", KOVAC),
        ("“We have no map,” said Prime Minister Ann Lee’s spokesman Ivo Ray.", "p:ivo-ray"),
        (
            "“It is done,” announced the Union’s High Envoy for the Horn, former President Ann Lee.",
            "p:ann-lee",
        ),
        ("According to envoy Mira Kovač’s statement, the mood was “better”.", KOVAC),
        ("Kovač, asked by Brandt about maps, said there were “none”.", KOVAC),
        ("Brandt accused Kovač of “theatre”.", BRANDT),
        ("Brandt, speaking after Kovač, called the plan “a trap”.", BRANDT),
        ("According to Kovač, the mood was “better”.", KOVAC),
        ("The mood was “better than in winter”, according to Kovač.", KOVAC),
        ("Kovač welcomed the date and warned that “time is short”.", KOVAC),
        ("Brandt went on to say that “nothing is agreed”.", BRANDT),
        ("The “map”, Brandt said, was blank.", BRANDT),
        ("Brandt spoke last. “We have no map,” he said.", BRANDT),
        ("Kovač spoke last. “We have no map,” she said.", KOVAC),
        ("Brandt’s “red line” policy was not discussed.", BRANDT),
        ("“Why now?” Brandt asked. “Why here?”", BRANDT),
        ("The prime minister said Kovač had told Brandt that “it is over”.", KOVAC),
        ("A port was closed because of “ice”.", None),
        ("The harbour talks were held in the “round room”.", None),
    ],
)
def test_the_words_round_a_quotation_say_who_speaks(sentence: str, speaker: str | None) -> None:
    """Before, after, inverted, accused, according to; and nobody where nothing says so."""
    assert speakers(CAST + sentence)[0] == speaker


def test_each_introduction_of_an_unnamed_source_is_its_own() -> None:
    """Two officials are never made one by the machine; “the official” goes back to the last."""
    first, second, third = speakers(
        "“It went well,” one official said.\n“It went badly,” another official said.\n"
        "“We shall see,” the official added.\n"
    )
    assert first != second
    assert str(first).startswith("s:")
    assert third == second


def test_a_body_called_by_a_general_word_is_the_body_before() -> None:
    """“The group said” goes back to the movement named."""
    found = speakers(
        "Hamas said it was “ready” for talks.\nThe group also said it “rejects any new terms”.\n"
    )
    assert found == ["party:hamas", "party:hamas"]


def test_a_quotation_in_a_paragraph_of_its_own_is_the_last_speaker_s() -> None:
    """A paragraph of words alone goes on with the speaker before it, and is not called certain."""
    reading = read(
        {"a": (CAST + "“We have no map,” Brandt said.\n“And we want one by May.”\n").encode()}
    )
    last = reading.documents[0].quotes[-1]
    assert (last.speaker, last.confidence) == (BRANDT, "medium")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (UK + "«Карти немає», — сказав Гнатенко.", "Андрій Гнатенко"),
        (UK + "Гнатенко заявив: «Карти немає».", "Андрій Гнатенко"),
        (UK + "За словами Гнатенка, розмова була «відвертою».", "Андрій Гнатенко"),
        (
            UK + "Гнатенко виступив першим. З його слів, розмова була «відвертою».",
            "Андрій Гнатенко",
        ),
        (UK + "«Карти немає, — наголосила Ковач. — І не буде».", "Міра Ковач"),
        (UK + "— Карти немає, — сказав Гнатенко.", "Андрій Гнатенко"),
        (RU + "«Карты нет», — заявила журналистам Ковач.", "Мира Ковач"),
        (RU + "По словам Ковач, разговор был «откровенным».", "Мира Ковач"),
        (RU + "„Карты нет“, — сказал Гнатенко.", "Андрей Гнатенко"),
        (RU + "Как заявил Гнатенко, «карты нет».", "Андрей Гнатенко"),
        (RU + "Гнатенко сказал, что карты нет. «И не будет», — добавил он.", "Андрей Гнатенко"),
    ],
)
def test_ukrainian_and_russian_word_order(text: str, speaker: str) -> None:
    """The verb stands before its subject, inside the marks, or behind a dash."""
    assert names(text)[0] == speaker


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “one” and “two”.", ["“one”", "“two”"]),
        ("She said: ‘We don’t know what the parties’ aims are,’ and left.", 1),
        ("'We don't know,' he said. 'Not yet.'", ["'We don't know,'", "'Not yet.'"]),
        ("The '90s were hard, and the parties' aims differ.", []),
        ("“He said ‘no’ twice,” she said.", ["“He said ‘no’ twice,”", "‘no’"]),
        ("Він сказав: „Ні“, а потім «так».", ["„Ні“", "«так»"]),
        ("She called it \"a 'trap' for all\" and left.", ["\"a 'trap' for all\"", "'trap'"]),
        ("“We go on, he said.", ["“We go on,"]),
        ("A 12\" shell and a 5' wall were found by the team.", []),
    ],
)
def test_marks_of_every_style(text: str, quoted: list[str] | int) -> None:
    """Straight and typographic, nested, apostrophes, unclosed: what is between marks and no more."""
    document = read({"a": (CAST + text).encode()}).documents[0]
    found = [quote.span.of(document.document.raw) for quote in document.quotes]
    assert len(found) == quoted if isinstance(quoted, int) else found == quoted


@pytest.mark.parametrize(
    "pair",
    [
        ("Minister Oleg Brandt spoke.", "Senator Olga Brandt spoke."),
        ("Minister Hassan Rahimi spoke.", "Minister Hussein Rahimi spoke."),
        ("Minister Ann Petrov spoke.", "Minister Ann Petrova spoke."),
        ("Leader Kim Jong-sun spoke.", "Leader Kim Yo-sun spoke."),
        ("Envoy Abdulrahman Al-Sani spoke.", "Envoy Mohammed bin Abdulrahman Al-Sani spoke."),
    ],
)
def test_two_persons_are_never_made_one(pair: tuple[str, str]) -> None:
    """Brothers, sisters, fathers and sons share much of a name."""
    assert len(read({"a": "\n".join(pair).encode()}).persons) == 2


@pytest.mark.parametrize(
    "pair",
    [
        ("Minister Andrii Hnatov spoke.", "Minister Andrey Gnatov spoke."),
        ("Envoy Sergiy Kyslyk spoke.", "Посол Сергій Кислик виступив."),
        ("Spokesman Esmail Rahimi spoke.", "Spokesman Esmaeil Rahimi spoke."),
        ("Minister Mohamed al-Sani spoke.", "Minister Mohammed Al-Sani spoke."),
        ("Президент Петро Гнатюк виступив.", "Он встретил президента Петра Гнатюка."),
    ],
)
def test_one_person_s_spellings_are_one(pair: tuple[str, str]) -> None:
    """Across transliterations, scripts and cases."""
    assert len(read({"a": "\n".join(pair).encode()}).persons) == 1
