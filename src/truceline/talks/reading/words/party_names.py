"""What parties are called in a brief, by code, in the working languages; no order of merit."""

from truceline.values.texts import Text

_NAMES = """
afghanistan | Afghanistan | Афганістан | Афганистан
african-union | African Union | Африканський союз | Африканский союз
algeria | Algeria | Алжир | Алжир
arab-league | Arab League | Ліга арабських держав | Лига арабских государств
armenia | Armenia | Вірменія | Армения
australia | Australia | Австралія | Австралия
austria | Austria | Австрія | Австрия
azerbaijan | Azerbaijan | Азербайджан | Азербайджан
bahrain | Bahrain | Бахрейн | Бахрейн
belarus | Belarus | Білорусь | Беларусь
belgium | Belgium | Бельгія | Бельгия
brazil | Brazil | Бразилія | Бразилия
britain | United Kingdom | Велика Британія | Великобритания
canada | Canada | Канада | Канада
china | China | Китай | Китай
colombia | Colombia | Колумбія | Колумбия
congo | Congo | Конго | Конго
cuba | Cuba | Куба | Куба
cyprus | Cyprus | Кіпр | Кипр
egypt | Egypt | Єгипет | Египет
eln | ELN | ELN | ELN
eritrea | Eritrea | Еритрея | Эритрея
ethiopia | Ethiopia | Ефіопія | Эфиопия
european-union | European Union | Європейський Союз | Европейский союз
farc | FARC | FARC | FARC
finland | Finland | Фінляндія | Финляндия
france | France | Франція | Франция
georgia | Georgia | Грузія | Грузия
germany | Germany | Німеччина | Германия
greece | Greece | Греція | Греция
hamas | Hamas | ХАМАС | ХАМАС
hezbollah | Hezbollah | Хезболла | Хезболла
holy-see | Holy See | Святий Престол | Святой Престол
houthis | Houthis | хусити | хуситы
hungary | Hungary | Угорщина | Венгрия
india | India | Індія | Индия
iran | Iran | Іран | Иран
iraq | Iraq | Ірак | Ирак
israel | Israel | Ізраїль | Израиль
italy | Italy | Італія | Италия
japan | Japan | Японія | Япония
jordan | Jordan | Йорданія | Иордания
kazakhstan | Kazakhstan | Казахстан | Казахстан
kenya | Kenya | Кенія | Кения
kosovo | Kosovo | Косово | Косово
kuwait | Kuwait | Кувейт | Кувейт
lebanon | Lebanon | Ліван | Ливан
libya | Libya | Лівія | Ливия
lithuania | Lithuania | Литва | Литва
mexico | Mexico | Мексика | Мексика
moldova | Moldova | Молдова | Молдова
myanmar | Myanmar | М'янма | Мьянма
nato | NATO | НАТО | НАТО
netherlands | Netherlands | Нідерланди | Нидерланды
north-korea | North Korea | Північна Корея | Северная Корея
norway | Norway | Норвегія | Норвегия
oman | Oman | Оман | Оман
osce | OSCE | ОБСЄ | ОБСЕ
pakistan | Pakistan | Пакистан | Пакистан
palestine | Palestine | Палестина | Палестина
plo | PLO | ОВП | ООП
poland | Poland | Польща | Польша
qatar | Qatar | Катар | Катар
rapid-support-forces | Rapid Support Forces | Сили швидкої підтримки | Силы быстрой поддержки
red-cross | Red Cross | Червоний Хрест | Красный Крест
romania | Romania | Румунія | Румыния
russia | Russia | Росія | Россия
rwanda | Rwanda | Руанда | Руанда
saudi-arabia | Saudi Arabia | Саудівська Аравія | Саудовская Аравия
serbia | Serbia | Сербія | Сербия
somalia | Somalia | Сомалі | Сомали
south-africa | South Africa | Південно-Африканська Республіка | Южно-Африканская Республика
south-korea | South Korea | Південна Корея | Южная Корея
south-sudan | South Sudan | Південний Судан | Южный Судан
spain | Spain | Іспанія | Испания
sudan | Sudan | Судан | Судан
sudanese-armed-forces | Sudanese Armed Forces | Збройні сили Судану | Вооружённые силы Судана
sweden | Sweden | Швеція | Швеция
switzerland | Switzerland | Швейцарія | Швейцария
syria | Syria | Сирія | Сирия
taliban | Taliban | Талібан | Талибан
turkey | Türkiye | Туреччина | Турция
uganda | Uganda | Уганда | Уганда
ukraine | Ukraine | Україна | Украина
united-arab-emirates | United Arab Emirates | ОАЕ | ОАЭ
united-nations | United Nations | ООН | ООН
united-states | United States | США | США
venezuela | Venezuela | Венесуела | Венесуэла
vietnam | Vietnam | В'єтнам | Вьетнам
yemen | Yemen | Ємен | Йемен
"""

PARTY_NAMES: dict[str, Text] = {
    code: Text(en, uk, ru)
    for code, en, uk, ru in (
        [cell.strip() for cell in line.split("|")] for line in _NAMES.strip().splitlines()
    )
}
