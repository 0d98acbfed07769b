"""English: verbs of saying, nouns that name a speaker, titles, words that begin a sentence."""

from truceline.talks.reading.words import words

# Base forms; `verbs.forms` makes the others. A verb that is written irregularly is in SAID.
SAYING = frozenset(
    words("""
    accept accuse acknowledge add address admit advise affirm agree allege announce answer
    appeal argue ask assert assess assure believe blame boast brand brief call caution challenge
    characterise characterize charge cite claim clarify comment complain concede condemn confide
    confirm congratulate consider contend counter criticise criticize declare decry demand
    denounce deny describe detail disclose dismiss dub echo elaborate emphasise emphasize
    estimate exclaim explain express hail hint indicate inform insist joke judge label lament
    laud lash list maintain mention mock muse name note object observe offer opine pledge point
    post praise predict proclaim profess promise propose protest quip raise read reaffirm reason
    reassure rebuke recall recommend reiterate reject relay remark remind repeat reply report
    request respond reveal rule signal slam state stipulate stress suggest summarise summarize
    task term testify thank threaten tout tweet underline underscore urge vow voice volunteer
    warn welcome whisper wonder
""")
)

# Written irregularly: form → (base, is it finite).
SAID: dict[str, str] = {
    "said": "say", "says": "say", "say": "say", "saying": "say",
    "told": "tell", "tells": "tell", "tell": "tell", "telling": "tell",
    "wrote": "write", "writes": "write", "write": "write", "writing": "write",
    "written": "write", "spoke": "speak", "speaks": "speak", "speaking": "speak",
    "thought": "think", "thinks": "think", "felt": "feel", "feels": "feel",
    "swore": "swear", "swears": "swear", "swearing": "swear",
    "denied": "deny", "denies": "deny", "denying": "deny",
    "replied": "reply", "replies": "reply", "replying": "reply",
    "clarified": "clarify", "clarifies": "clarify", "clarifying": "clarify",
    "testified": "testify", "testifies": "testify", "decried": "decry", "decries": "decry",
    "admitted": "admit", "admits": "admit", "admitting": "admit",
    "quipped": "quip", "quips": "quip", "dubbed": "dub", "dubs": "dub", "dubbing": "dub",
    "slammed": "slam", "slams": "slam", "slamming": "slam",
    "struck": "strike", "put": "put", "puts": "put", "heard": "hear",
    "quoted": "quote", "quotes": "quote", "quoting": "quote",
    "read": "read", "reads": "read", "reading": "read", "went": "go", "continued": "continue",
    "continues": "continue", "began": "begin", "begins": "begin", "concluded": "conclude",
    "signalled": "signal", "signalling": "signal", "labelled": "label", "labelling": "label",
    "labels": "label",
}  # fmt: skip

# What these say is a verdict on something, so the quotation is often a word or two.
CALLING = frozenset(
    words("""
    accuse brand call characterise characterize condemn criticise criticize denounce describe
    dismiss dub hail label praise rebuke refer slam term tout welcome
""")
)
# Finite verbs that carry a quotation without being verbs of saying; weak evidence.
WEAK = frozenset(
    words("""
    accept agree conclude react believe consider feel go hear hope judge list name offer put
    raise read reason rule see show sign task think use voice want expect seek support back
    reach
""")
)

SPEAKER_NOUNS = frozenset(
    words("""
    sheikh guerrilla insurgent jihadist separatist paramilitary businessman engineer teacher student
    protester coordinator undersecretary strongman counsellor consul attaché attache envoys
    adviser advisor aide ambassador analyst attendee author chair chairman chairperson
    chairwoman chief colleague commander correspondent co-chair counterpart delegate delegation
    deputy diplomat director dissident economist editor envoy expert facilitator fighter figure
    foreign-minister general governor group head historian host insider journalist leader
    lawmaker lawyer mediator member militant minister ministry mission monitor movement
    negotiator observer office officer official opposition organiser organizer parliamentarian
    participant party person people politician premier president presidency professor prosecutor
    rapporteur rebel readout report representative researcher resident secretary senator side
    soldier source spokesman spokesperson spokeswoman staffer statement strategist speaker team
    union village witness administration agency army authority authorities cabinet camp
    chancellor coalition command commission committee communique communiqué council department
    embassy faction government junta kremlin legislature mayor military network newspaper king
    queen prince emir sultan pope outlet parliament police regime state-media tv watchdog
    organisation organization headquarters refugee survivor doctor medic activist campaigner
    aides-de-camp colonel admiral captain major
""")
)
SPEAKER_PLURALS = {
    "spokesmen": "spokesman", "spokeswomen": "spokeswoman", "people": "people",
    "authorities": "authority", "parties": "party", "ministries": "ministry",
    "witnesses": "witness", "deputies": "deputy", "secretaries": "secretary",
    "media": "outlet", "forces": "army", "others": "person", "statements": "statement",
    "agencies": "agency", "two": "person", "three": "person", "both": "person",
}  # fmt: skip
# Nobody can be named behind these: each introduction is a source of its own.
UNNAMED = frozenset(
    words("""
    adviser advisor aide analyst attendee diplomat expert insider lawmaker mediator negotiator
    observer officer official participant person people politician source staffer witness
    resident fighter soldier member figure delegate representative journalist lawyer researcher
    refugee survivor doctor medic activist campaigner monitor militant rebel colleague commander
""")
)
# One person holds these, so “the X said” can point back to somebody named.
SINGULAR_OFFICES = frozenset(
    words("""
    sheikh strongman businessman politician undersecretary counsellor consul bishop cardinal
    adviser advisor aide ambassador chair chairman chairperson chairwoman chief commander
    diplomat director envoy general governor head king leader lawmaker mayor mediator minister
    negotiator official politician premier president prince pope queen secretary senator
    spokesman spokesperson spokeswoman sultan emir chancellor deputy representative analyst
    expert professor admiral colonel captain major coordinator speaker researcher author editor
    economist lawyer
""")
)
# A document, not a person: who issued it stands beside it.
PAPERS = frozenset(
    ["statement", "communique", "communiqué", "readout", "report", "declaration", "letter"]
)

TITLES = frozenset(
    words("""
    datuk dato seri sri tun ustaz
    seyed sayyid sayed syed mullah mawlawi maulvi haji monsignor father sister
    president vice-president minister premier chancellor king queen prince princess sheikh
    shaikh emir sultan pope patriarch bishop archbishop cardinal imam ayatollah rabbi reverend
    rev mr mrs ms miss dr prof professor sir lord lady dame baroness hon senator sen congressman
    congresswoman rep representative representatives ambassador envoy envoys emissary negotiator
    negotiators adviser advisers advisor advisors aide aides spokesman spokeswoman spokesperson
    spokespeople secretary chief chiefs head leader leaders commander commanders general gen
    lieutenant lt colonel col major maj captain capt admiral adm brigadier brig marshal sergeant
    sgt commissioner director governor gov mayor chairman chairwoman chair chairperson deputy
    speaker lawmaker lawmakers mp mediator mediators coordinator diplomat diplomats official
    officials rapporteur journalist correspondent analyst historian author economist lawyer
    judge justice attorney prosecutor strongman warlord presidents ministers counterpart
    co-chair son-in-law brother wife husband daughter son father undersecretary under-secretary
    secretary-general vice-premier vice-minister vice premier generals professors researcher
    expert senators commandant comandante delegate delegates politician nominee candidate
    predecessor successor boss co-founder founder ceo executive counsel
""")
)
OFFICE_TAIL = frozenset(
    words("""
    president minister secretary general chief premier chairman governor ambassador envoy
""")
)

ORG_WORDS = frozenset(
    words("""
    ministry council forces force party army command agency news times post university street
    center centre house palace directorate department office committee commission union
    organization organisation alliance federation republic kingdom states nations group bank
    court church parliament congress senate assembly service bureau corps brigade division
    battalion movement front foundation institute association forum summit treaty accord accords
    agreement initiative protocol plan process war conference airport hotel square river sea
    ocean strip bank heights gulf peninsula region province oblast district city town village
    island islands valley mountain mountains desert bridge border road avenue airbase base port
    front-line front embassy mission delegation government administration authority guard police
    media press television tv radio journal herald tribune guardian telegraph gazette daily
    weekly magazine network channel wire day week month year festival cup games olympics act
    bill law constitution resolution charter declaration memorandum memorandums staff team fund
    company corporation inc ltd club league school college academy museum library hospital
    prison camp east west north south africa asia europe america crisis peace talks deal
    framework security defense defence affairs intelligence foreign national international
    united world global state post-war report review observatory watch crescent cross line zone
    corridor crossing wall spring revolution quartet troika trust nuclear plant station tower
    building group-of-seven g7 g20 board cabinet room space x facebook telegram twitter
    instagram youtube truth social whatsapp
""")
)

# Capitalised where a sentence begins, or by custom; never part of a person's name.
COMMON = frozenset(
    words("""
    be easy
    a about according across additionally addressing after afterwards again against ahead all
    almost along already also although always amid among an analysts and another any anyone
    apart are around as asked at away back based because before behind being below besides
    between beyond both but by can citing commenting could currently damage described despite
    details did different do does during each earlier early either elsewhere even eventually
    ever every everyone everything except external fighting final finally first five following
    for former four from further furthermore given had has have having he her here hers him his
    hopes how however hundreds i if immediately in inside instead into is it its itself just
    last late later let like likewise local many may meanwhile meeting might more moreover most
    mr much must my natural negotiations negotiators neither never nevertheless new next no
    nobody none nor not nothing now of off officials often on once one only or other others our
    out outside over overnight own part parties perhaps previously prior provided questions
    rather read recent recently regarding regardless reports responding russians same satellite
    second separately several she should shortly similarly since six so some somebody someone
    something sometimes soon sources speaking special still such ten than thank that the their
    them then there thereafter therefore these they thing things third this those though
    thousands three through throughout thus time to today together tomorrow tonight too toward
    towards two ukrainians under unless unlike until up upon us very was we well were what
    whatever when whenever where whereas whether which while who whoever whom whose why will
    with within without would yes yesterday yet you your asked talks territory told yet
    statements developments dozens participants delegations delegates mediators trilateral
    bilateral war peace people please share search skip jump article photo video image update
    updated live breaking exclusive analysis opinion editorial watch related subscribe
    advertisement copyright getty images god heaven dear hello good great happy happily sure
    maybe okay ok oh ah well-known moments minutes hours days weeks months years late-night mid
    half quarter dialogue diplomacy efforts pressure hopes fears concerns tensions clashes
    strikes attacks shelling explosions drones missiles troops forces rebels fighters civilians
    hostages prisoners detainees sanctions aid trade oil gas energy security nothing-new what’s
    it’s that’s there’s he’s she’s we’re they’re i’m i’ve don’t let’s
""")
)

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        ("monday mon", "tuesday tue tues", "wednesday wed", "thursday thu thurs", "friday fri",
         "saturday sat", "sunday sun")
    )
    for name in names.split()
}  # fmt: skip

ADVERBS = frozenset(
    words("""
    also later then similarly repeatedly previously again once further publicly privately
    subsequently earlier recently separately meanwhile nevertheless however still even yet
    reportedly always never often already only simply clearly openly briefly bluntly flatly
    firmly initially originally now today yesterday tonight jointly both all each himself
    herself itself themselves consistently strongly has have had was is were are been be would
    will could did does do not explicitly afterwards afterward therefore instead likewise just
    quickly immediately swiftly angrily quietly cautiously formally officially merely
    specifically in turn too sharply long first finally
""")
)
PRONOUNS = frozenset(["he", "she", "they", "it"])
ABBREVIATIONS = frozenset(
    words("""
    mr mrs ms dr prof sen rep gov gen lt col maj capt adm brig sgt rev st jr sr hon pres no vs
    etc jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thurs fri sat sun
    inc ltd co corp dept approx est
""")
)

# Other words for an office, by the beginning of the words that give it.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "premier": ("premier", "prime"), "spokesperson": ("spokes",), "spokesman": ("spokes",),
    "spokeswoman": ("spokes",), "chairperson": ("chair",), "adviser": ("advis", "aide"),
    "advisor": ("advis", "aide"), "aide": ("aide", "advis"), "leader": ("leader", "president"),
    "lawmaker": ("lawmaker", "senator", "deputy", "mp"), "politician": ("senator", "lawmaker"),
    "diplomat": ("diplomat", "ambassador", "envoy", "minister"), "chief": ("chief", "head"),
    "head": ("head", "chief"), "general": ("general", "gen"), "envoy": ("envoy", "emissary"),
}  # fmt: skip
# After a place these show that it only says which: the Doha talks.
THINGS = frozenset(
    words("""
    talks negotiations meeting meetings summit round deal agreement accord accords forum process
    peace conference ceasefire truce plan war conflict crisis region border airport office time
    formula declaration protocol protocols agreements understandings format track
""")
)
