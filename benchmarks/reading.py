"""How fast coverage is read, and whether the time grows with the number of articles or faster.

Articles are invented from a seed: many persons, bodies and quotations, some in Ukrainian or
Russian. The reference of the same run is splitting the same text into words by one regular
expression, which any reader has to do at least once.
"""

import argparse
import math
import os
import random
import re
import time

from truceline.talks.reading import read

GIVEN = (
    "Ann", "Tomas", "Mira", "Peter", "Olena", "Andrii", "Samir", "Layla", "Jonas", "Ingrid",
    "Carlos", "Elena", "Yusuf", "Hana",
)  # fmt: skip
SYLLABLES = (
    "bra", "dor", "ven", "kal", "mis", "tor", "lan", "per", "sol", "gri", "nov", "hel", "zan",
    "ruk", "tal", "mer",
)  # fmt: skip
OFFICES = ["Foreign Minister", "envoy", "Deputy Prime Minister", "chief negotiator", "spokesman"]
PARTIES = ["Velia", "Ostland", "Karsia", "Morland"]
SENTENCES = (
    "{office} {name} said on Friday that the talks in the port of Orrin were “frank and useful.”",
    "{name}, adding that “a further round” could be held as early as next week, said no more.",
    "“We came here to listen,” {last} told reporters. “But listening is not agreeing.”",
    "A senior official said the parties met behind closed doors for more than three hours.",
    "According to {last}, the question of an energy ceasefire was not discussed.",
    "{party}'s Defense Ministry said {count} drones were intercepted overnight.",
    '"Nobody has shown us a map," {pronoun} said, accusing the other side of “theatre”.',
    "Міністр закордонних справ {name} заявив, що переговори були «відвертими».",
    "«Мы приехали слушать», — заявил {name} журналистам в субботу.",
)


def article(seed: random.Random, lines: int = 18) -> bytes:
    """One invented article of so many paragraphs."""
    last = "".join(seed.sample(SYLLABLES, 2)).title()
    name = f"{seed.choice(GIVEN)} {last}"
    told = [
        seed.choice(SENTENCES).format(
            office=seed.choice(OFFICES), name=name, last=last, party=seed.choice(PARTIES),
            count=seed.randint(3, 400), pronoun="she",
        )
        for _ in range(lines)
    ]  # fmt: skip
    head = f"{seed.choice(PARTIES)} and {seed.choice(PARTIES)} end a round of talks in Orrin"
    opening = SENTENCES[0].format(office=OFFICES[0], name=name, last=last)
    return "\n\n".join([head, opening, *told]).encode()


def measured(count: int) -> tuple[float, float, int]:
    """Seconds to read so many articles as one set, seconds of the reference, characters."""
    seed = random.Random(20_260_314)
    articles = {f"{number}.txt": article(seed) for number in range(count)}
    begun = time.process_time()
    reading = read(articles)
    spent = time.process_time() - begun
    assert len(reading.documents) == count
    texts = [raw.decode() for raw in articles.values()]
    begun = time.process_time()
    for text in texts:
        re.findall(r"\w+|[^\w\s]", text)
    return spent, time.process_time() - begun, sum(map(len, texts))


def main() -> None:
    """Print one line per size and the exponent of growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="ignored: articles are invented")
    parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}; one processor")
    spent: list[tuple[int, float]] = []
    for count in (125, 250, 500, 1000):
        seconds, reference, size = measured(count)
        spent.append((count, seconds))
        print(
            f"{count:5} articles, {size / count:,.0f} characters each: {seconds:6.2f} s, "
            f"{count / seconds:,.0f}/s, {seconds / reference:.0f} × splitting into words"
        )
    (few, short), (many, long) = spent[0], spent[-1]
    exponent = math.log(long / short) / math.log(many / few)
    print(f"time grows as the number of articles to the power {exponent:.2f}")


if __name__ == "__main__":
    main()
