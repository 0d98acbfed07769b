"""Countries no list holds, offices in chains, and those who are told: none of them is the speaker."""

import pytest

from truceline.talks.reading import Reading, read


def reading_of(text: str) -> Reading:
    """A reading of one text."""
    return read({"a": text.encode()})


def speakers(text: str) -> list[str | None]:
    """The speaker of each quotation, by name where a person is meant."""
    reading = reading_of(text)
    names = {person.id: person.name for person in reading.persons}
    return [names.get(one.speaker or "", one.speaker) for one in reading.documents[0].quotes]


def test_a_country_no_list_holds_is_no_person() -> None:
    """Its people's name, or an office of it, tells it from a surname that speaks as often."""
    text = (
        "Tolvian Foreign Minister Irena Molvar said the talks went on. Tolvia insists on a map. "
        "Tolvia's Defence Ministry said nothing more, and Tolvia said it would not come again."
    )
    assert [person.name for person in reading_of(text).persons] == ["Irena Molvar"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Прем’єр-міністр Мародії Ефо Дансу заявив, що текст «готовий до підпису».", "Ефо Дансу"),
        ("Глава делегации Тарик аль-Мурр заявил, что это «спектакль».", "Тарик аль-Мурр"),
        (
            "Как сообщил советник главы офиса президента Украины Михаил Орлик, говорят «о главном».",
            "Михаил Орлик",
        ),
        ("“We go on,” said the ELN’s chief negotiator, Pablo Beltrán.", "Pablo Beltrán"),
    ],
)
def test_the_name_at_the_end_of_an_office_speaks(text: str, name: str) -> None:
    """However long the office before it, and whatever country stands in it."""
    assert speakers(text) == [name]


def test_those_who_are_told_do_not_speak() -> None:
    """«Журналістам» is in the dative; what hangs on a preposition is no subject either."""
    told = "Советник президента Рольф Брандль сказал журналистам: «Даты ещё никакой нет»."
    assert speakers(told) == ["Рольф Брандль"]
    inside = "Собеседник агентства в мародийской делегации утверждает, что «согласовано больше»."
    assert speakers(inside) == ["s:1.1"]


@pytest.mark.parametrize(
    ("one", "other"), [("Люсинда Торн", "Lucinda Thorn"), ("Энсел Мирт", "Ansel Mirt")]
)
def test_given_names_no_list_holds_are_compared_by_sound(one: str, other: str) -> None:
    """Ц and с, х and г, а and э: one script's nearest letter for another's sound."""
    texts = {
        "a": f"Посредница {one} заявила, что встреча прошла.".encode(),
        "b": f"The mediator, {other}, said the meeting was over.".encode(),
    }
    assert len(read(texts).persons) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Переговори руху «Квеллін» тривали два дні, повідомила влада міста.",
        "The representative, known as “Pablo Duro”, came with the delegation to the talks there.",
    ],
)
def test_marks_round_a_name_are_no_quotation(text: str) -> None:
    """A movement's or a person's name stands in marks by custom; nobody said it."""
    assert speakers(text) == []


def test_what_a_sentence_says_of_the_one_before_is_believed() -> None:
    """«Об этом … заявил»: the words stand in the sentence before, however far the verb."""
    text = (
        "События можно без преувеличения «назвать в целом поворотными». Об этом 27 октября на "
        "слушаниях по бюджету заявил министр иностранных дел Арарат Мирзоян."
    )
    assert speakers(text) == ["Арарат Мирзоян"]


def test_an_office_with_its_nation_goes_back_to_the_one_who_holds_it() -> None:
    """Also where no list holds the nation, and where endings differ."""
    text = (
        "Kesmari President Danylo Veresko came on Sunday to the talks in the port. "
        "“We are at home,” the Kesmari president said."
    )
    assert speakers(text) == ["Danylo Veresko"]
    other = (
        "Президент Кесмару Данило Вереско прибув на переговори до порту в неділю.\n"
        "«Ми вдома, і нам нікуди йти звідси», — сказав глава держави."
    )
    assert speakers(other) == ["Данило Вереско"]


def test_a_doubled_surname_alone_is_its_bearer_s() -> None:
    """A hyphen makes no full name."""
    text = "Minister Kwabo Osei-Lartey came.\nOsei-Lartey said: “I do not answer posts at all.”"
    assert speakers(text) == ["Kwabo Osei-Lartey"]


def test_a_list_is_no_direct_speech() -> None:
    """A hyphen without a second dash begins an item; a dash that brings its speaker is speech."""
    listed = "- Секретар Рустем Умар прибув до порту для переговорів.\n- Там він пробуде три дні."
    assert speakers(listed) == []
    spoken = "Секретар Рустем Умар прибув до порту.\n– Ми будемо говорити далі, – сказав Умар."
    assert speakers(spoken) == ["Рустем Умар"]


def test_the_same_words_of_office_mean_the_same_person() -> None:
    """An office far from its name, with another office between."""
    text = (
        "Глава кесмарской делегации на переговорах с соседями, секретарь совета безопасности "
        "Рустем Вольский прибыл в порт.\n«Договорённость была, её надо исполнить», — написал "
        "глава кесмарской делегации."
    )
    assert speakers(text) == ["Рустем Вольский"]


def test_urged_is_a_verb_behind_has() -> None:
    """“Has urged both …”: what follows is not the speaker."""
    text = "A senior Qatari official has urged both sides to show “more commitment and patience”."
    assert speakers(text) == ["s:1.1"]


def test_the_office_of_a_name_some_words_on_is_no_second_person() -> None:
    """«Глава делегації на переговорах у …»: the office and the name behind it are one."""
    text = (
        "Глава делегації на переговорах з посередниками в порту Андрій Гнатенко повідомив про "
        "закінчення зустрічі.\n«Ми провели першу зустріч», — повідомив він."
    )
    assert speakers(text) == ["Андрій Гнатенко"]


def test_an_office_nobody_was_given_is_not_sure() -> None:
    """Who “the premier” is when no one was called so stays for a person to say."""
    text = "Mira Kovač came to the port.\nThe premier said the talks were “long and open”."
    quote = reading_of(text).documents[0].quotes[0]
    assert (quote.speaker, quote.confidence) == ("s:1.1", "medium")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "UN special envoy for Yemen Hans Grund welcomed the “positive conclusion” of the talks.",
            "Hans Grund",
        ),
        (
            "The head of the delegation, Abdul Kader Al-Murtaz, said that they found “problems”.",
            "Abdul Kader Al-Murtaz",
        ),
    ],
)
def test_the_name_behind_an_office_and_its_place_speaks(text: str, name: str) -> None:
    """“Envoy for Yemen” and “the head of the delegation,” are the offices of the name behind them."""
    assert speakers(text) == [name]
