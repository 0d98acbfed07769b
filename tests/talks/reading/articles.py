"""Invented coverage of invented talks, one trap or more in each line."""

ENGLISH = """Skip to content
Subscribe
First round of Orrin talks ends without breakthrough
By Ann Placeholder, Staff Writer

ORRIN — Velian Foreign Minister Tomas Brandt said on Saturday, March 14, that two days of talks with \
Ostland in the port of Orrin were “frank and useful,” adding that “a further round” could be held \
as early as next week.

“We came here to listen,” Brandt told reporters. “But listening is not agreeing.”

Ostlandic envoy Mira Kovač, who led her country's delegation, accused Brandt of “theatre”.

"Nobody has shown us a map," she said. "The question of energy ceasefire was not discussed."

Two officials close to the talks said the parties met behind closed doors for more than three and a \
half hours.

“The mood was better than in winter,

“and I do not say that lightly,” one of the officials said, on condition of anonymity.

Brandt's deputy, Andrii Hnatenko, called the plan 'a trap with a ribbon'.

READ MORE: ‘Clowns’ and ‘liars’: the week in quotes

The next meeting is tentatively scheduled for March 21, the mediator's office said.

MORE STORIES
Premier says ‘enough is enough’ on fishing
2 hours ago
'I never said that,' the minister said of the harbour deal.
1 day ago
"""

UKRAINIAN = """Переговори в Орріні: сторони не домовилися
Міністр закордонних справ Велії Андрій Гнатенко заявив, що переговори були «відвертими».
«Ми приїхали слухати, — сказав Гнатенко. — Але слухати не означає погоджуватися».
— Нам не показали жодної карти, — заявила посланниця Остляндії Міра Ковач.
За словами речниці, наступна зустріч попередньо призначена на 21 березня.
"""

RUSSIAN = """Переговоры в Оррине завершились без результата
Министр иностранных дел Велии Андрей Гнатенко назвал переговоры «откровенными».
«Мы приехали слушать», — заявил Гнатенко журналистам.
Посланница Остландии Мира Ковач сообщила, что вопрос энергетического перемирия не обсуждался.
"""

COOKIES = """Accept all cookies
Menu
Home
Search
Subscribe
Privacy policy
"""
