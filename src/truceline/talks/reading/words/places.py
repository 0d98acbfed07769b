"""Countries, their capitals and peoples, and other places and bodies news names without a title.

`PARTIES` maps every spelling, lower case, to the code of the country or body it stands for. The
order is alphabetical by code; the software prefers no spelling.
"""

from truceline.talks.reading.words import words

_PARTIES = """
afghanistan: afghanistan afghan afghans kabul | афганістан афганистан кабул
algeria: algeria algerian algiers
angola: angola angolan luanda
argentina: argentina argentine buenos-aires
armenia: armenia armenian armenians yerevan | вірменія вірменії армения армении ереван єреван
australia: australia australian canberra
austria: austria austrian vienna
azerbaijan: azerbaijan azerbaijani azerbaijanis baku | азербайджан азербайджану азербайджана баку
bahrain: bahrain bahraini manama
belarus: belarus belarusian minsk belarusians | білорусь білорусі беларусь беларуси белоруссия
    минск мінськ
belgium: belgium belgian brussels
brazil: brazil brazilian brasilia
britain: britain british uk u.k. london england | британія британії британия великобритания лондон
bulgaria: bulgaria bulgarian sofia
burundi: burundi burundian
cambodia: cambodia cambodian phnom-penh cambodians
cameroon: cameroon cameroonian
canada: canada canadian ottawa | канада канади канады
chad: chad chadian ndjamena
chile: chile chilean
china: china chinese beijing | китай китаю китая пекін пекин
colombia: colombia colombian bogota bogotá colombians | колумбія колумбия
congo: congo congolese kinshasa drc dr-congo
croatia: croatia croatian zagreb
cuba: cuba cuban havana
cyprus: cyprus cypriot nicosia cypriots
czechia: czechia czech prague
denmark: denmark danish copenhagen
djibouti: djibouti
egypt: egypt egyptian cairo egyptians | єгипет египет каїр каир
eritrea: eritrea eritrean asmara
estonia: estonia estonian tallinn
ethiopia: ethiopia ethiopian addis-ababa
european-union: eu european-union europe european europeans | єс ес євросоюз евросоюз європа европа
finland: finland finnish helsinki
france: france french paris | франція франції франция франции париж
georgia: georgia georgian tbilisi georgians | грузія грузия тбилиси тбілісі
germany: germany german berlin | німеччина німеччини германия германии берлин берлін
greece: greece greek athens
holy-see: vatican holy-see | ватикан
hungary: hungary hungarian budapest | угорщина венгрия будапешт
india: india indian delhi new-delhi | індія индия
indonesia: indonesia indonesian jakarta
iran: iran iranian tehran iranians | іран иран ірану ирана тегеран
iraq: iraq iraqi baghdad | ірак ирак
ireland: ireland irish dublin
israel: israel israeli israelis jerusalem tel-aviv | ізраїль ізраїлю израиль израиля
italy: italy italian rome
japan: japan japanese tokyo
jordan: jordan jordanian amman
kazakhstan: kazakhstan kazakh astana | казахстан астана
kenya: kenya kenyan nairobi
kosovo: kosovo kosovan pristina
kuwait: kuwait kuwaiti
kyrgyzstan: kyrgyzstan kyrgyz bishkek
latvia: latvia latvian riga
lebanon: lebanon lebanese beirut | ліван ливан бейрут
libya: libya libyan tripoli libyans
lithuania: lithuania lithuanian vilnius | литва вільнюс вильнюс
malaysia: malaysia malaysian kuala-lumpur
mali: mali malian bamako
mexico: mexico mexican
moldova: moldova moldovan chisinau | молдова
morocco: morocco moroccan rabat
mozambique: mozambique mozambican maputo
myanmar: myanmar burma burmese naypyidaw
nagorno-karabakh: karabakh nagorno-karabakh artsakh
nato: nato | нато
nepal: nepal nepali kathmandu
netherlands: netherlands dutch hague
nigeria: nigeria nigerian abuja
niger: niger nigerien niamey
north-korea: north-korea pyongyang dprk | пхеньян кндр
norway: norway norwegian oslo
oman: oman omani muscat
pakistan: pakistan pakistani islamabad
palestine: palestine palestinian palestinians ramallah | палестина
philippines: philippines philippine filipino manila
poland: poland polish warsaw | польща польщі польша польши варшава
portugal: portugal portuguese lisbon
qatar: qatar qatari doha qataris | катар катару катара доха
romania: romania romanian bucharest
russia: russia russian russians moscow kremlin russian-federation | росія росії росію росією
    россия россии россию россией рф москва москви москвы москві москве москву кремль кремля кремлі
    кремле
rwanda: rwanda rwandan kigali
saudi-arabia: saudi-arabia saudi riyadh saudis jeddah | саудівська саудовская ер-ріяд эр-рияд
senegal: senegal senegalese dakar
serbia: serbia serbian belgrade serbs | сербія сербия белград
singapore: singapore
slovakia: slovakia slovak bratislava
somalia: somalia somali mogadishu
south-africa: south-africa pretoria
south-korea: south-korea seoul | сеул
south-sudan: south-sudan juba
spain: spain spanish madrid
sri-lanka: sri-lanka colombo
sudan: sudan sudanese khartoum | судан
sweden: sweden swedish stockholm
switzerland: switzerland swiss geneva bern | швейцарія швейцария женева женеві женеве
syria: syria syrian syrians damascus | сирія сирии сирия дамаск
taiwan: taiwan taiwanese taipei
tajikistan: tajikistan tajik dushanbe
thailand: thailand thai bangkok thais
tunisia: tunisia tunisian tunis
turkey: turkey türkiye turkiye turkish ankara istanbul turks | туреччина туреччини турция турции
    анкара анкарі анкаре стамбул стамбулі стамбуле
turkmenistan: turkmenistan ashgabat
uganda: uganda ugandan kampala
ukraine: ukraine ukrainian ukrainians kyiv kiev | україна україни україну україні україною украина
    украины украину украине украиной київ києва києві києву киев киева киеве киеву
united-arab-emirates: uae u.a.e. united-arab-emirates emirati emirates abu-dhabi dubai | оае оаэ
    емірати эмираты дубай абу-дабі абу-даби
united-nations: un u.n. united-nations | оон
united-states: us u.s. usa u.s.a. united-states american americans america washington | сша
    вашингтон вашингтону вашингтона вашингтоні вашингтоне америка
uzbekistan: uzbekistan uzbek tashkent
venezuela: venezuela venezuelan caracas
vietnam: vietnam vietnamese hanoi
yemen: yemen yemeni yemenis sanaa aden | ємен йемен
zambia: zambia zambian lusaka
zimbabwe: zimbabwe zimbabwean harare
hamas: hamas | хамас хамасу хамаса
hezbollah: hezbollah hizbollah hizbullah | хезболла хезбалла
houthis: houthi houthis ansar-allah ansarullah | хусити хуситы
taliban: taliban | талібан талибан
islamic-jihad: islamic-jihad
farc: farc
eln: eln
rapid-support-forces: rsf rapid-support-forces
sudanese-armed-forces: saf sudanese-armed-forces
polisario: polisario
plo: plo fatah
african-union: african-union au
arab-league: arab-league
osce: osce | обсє обсе
red-cross: icrc red-cross
"""


def _parties() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _PARTIES.strip().replace("\n    ", " ").splitlines():
        code, _, spellings = line.partition(":")
        for spelling in spellings.replace("|", " ").split():
            table[spelling.replace("-", " ") if _spaced(spelling) else spelling] = code
    return table


def _spaced(spelling: str) -> bool:
    return "-" in spelling and spelling not in {"nagorno-karabakh", "абу-дабі", "абу-даби"}


PARTIES = _parties()

# Places that are no party, and bodies; a name found here is nobody's.
OTHER_PLACES = frozenset(
    words("""
    korea koreas
    alaska anchorage davos donbas donbass donetsk luhansk lugansk kharkiv kharkov sumy chernihiv
    zaporizhzhia zaporizhia zaporozhye kherson crimea odesa odessa dnipro lviv mariupol
    krasnodar kursk belgorod rostov sochi bakhmut pokrovsk gaza rafah jenin nablus hebron golan
    sinai darfur khartoum port-sudan kordofan fasher omdurman idlib aleppo homs hodeidah
    hudaydah marib panmunjom panmunjeom havana quito geneva oslo mar-a-lago greenland texas
    florida california houston york brussels strasbourg dayton lusaka tigray mekelle amhara
    oromia abkhazia ossetia transnistria kashmir balkans caucasus mediterranean baltic arctic
    atlantic pacific kremlin pentagon eurasia elysee bankova smolny capitol knesset duma rada
    verkhovna palm beach west bank middle east red sea black sea persian gulf horn sahel maghreb
    levant kivu goma bukavu ituri stepanakert lachin jeddah sharm el-sheikh sharm-el-sheikh
    alexandria miami jersey hollywood hiroshima yalta reykjavik helsinki singapore hanoi kaesong
    донбас донбасс донецьк донецк луганськ луганск харків харьков запоріжжя запорожье херсон
    крим крым одеса одесса давос аляска анкоридж анкоридже давосі давосе газа рада верховна
    женева
""")
)
MEDIA = frozenset(
    words("""
    reuters tass afp ap cnn bbc axios bloomberg interfax interfax-ukraine ukrinform unian
    suspilne rt xinhua cgtn cmg vcg jazeera haaretz ynet politico nbc cbs abc fox npr dpa efe
    ansa anadolu yonhap kcna kyodo nhk dw france24 rfi rferl rfe rl meduza kommersant izvestia
    vedomosti rbc ria novosti sputnik pravda ukrayinska guardian telegraph economist ft nyt wsj
    semafor newsweek spiegel bild monde figaro getty images twitter telegram facebook instagram
    youtube x tiktok whatsapp signal truth social wion tribune ndtv asharq al-arabiya arabiya
    mayadeen shafaq walla риа тасс новости интерфакс интерфакс-украина укринформ укрінформ
    суспільне уніан унн рбк коммерсант известия ведомости bbc ббс си-эн-эн рейтер reuters
    телеграм telegram фейсбук
""")
)
ACTORS = frozenset(
    words("""
    ap afp cnn reuters tass bbc axios bloomberg interfax xinhua cgtn cmg ria yonhap kcna
""")
)
