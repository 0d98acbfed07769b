-- Everything here is drawn from the ledger and holds no fact of its own.
-- Every row says who may read it (audience) and whose it is (owner); all reading goes through
-- visible_to(audience, visible_from_us), which the connection binds to one reader.
-- compartment is the audience of the entry a row was drawn from: rows of compartment ALL or PUBLIC
-- are equal on every replica, the others among those who hold the entry's payload.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE entries (
    entry         INTEGER PRIMARY KEY,
    leaf          TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    author        TEXT NOT NULL,
    on_behalf_of  TEXT NOT NULL,
    seq           INTEGER NOT NULL,
    claimed_us    INTEGER NOT NULL,
    seen_size     INTEGER NOT NULL,
    payload       TEXT NOT NULL,           -- none | held | withheld | missing | damaged | false | erased | unheeded
    blob          TEXT NOT NULL,           -- its hash; empty: none
    audience      TEXT NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL
) STRICT;

CREATE INDEX entries_by_blob ON entries (blob);

CREATE TABLE unheld (                       -- a blob that cannot be read here, and why
    entry         INTEGER NOT NULL,
    blob          TEXT NOT NULL,           -- the entry's payload, or a file it names
    holding       TEXT NOT NULL,           -- withheld | missing | damaged | false
    why           TEXT NOT NULL,
    audience      TEXT NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL,
    PRIMARY KEY (entry, blob)
) STRICT, WITHOUT ROWID;

CREATE TABLE erased (                       -- a tombstone: what an entry says is erased
    blob          TEXT PRIMARY KEY,
    entry         INTEGER,                 -- where it stood; NULL: nowhere that was drawn
    erased_in     INTEGER NOT NULL,        -- the entry that says so
    erased_by     TEXT NOT NULL,           -- who signed it
    complaints    INTEGER NOT NULL,        -- complaint numbers it had taken up, which stay taken
    audience      TEXT NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE files (
    sha256        TEXT NOT NULL,           -- of the bytes as they came
    source        TEXT NOT NULL,
    owner         TEXT NOT NULL,
    entry         INTEGER NOT NULL,        -- the entry of its first part
    blob          TEXT NOT NULL,           -- address of its bytes, salt included
    name          TEXT NOT NULL,
    rows          INTEGER NOT NULL,        -- taken so far
    unreadable    INTEGER NOT NULL,
    complete      INTEGER NOT NULL,
    known_us      INTEGER NOT NULL,
    audience      TEXT NOT NULL,
    compartment   TEXT NOT NULL,
    PRIMARY KEY (sha256, source, owner)
) STRICT;

CREATE TABLE unreadables (
    entry INTEGER NOT NULL, row INTEGER NOT NULL,
    line          INTEGER NOT NULL,
    source        TEXT NOT NULL,
    raw           TEXT NOT NULL,           -- the row as it came, hex
    reason        TEXT NOT NULL,
    audience      TEXT NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL,
    PRIMARY KEY (entry, row)
) STRICT;

CREATE TABLE claims (
    entry INTEGER NOT NULL, row INTEGER NOT NULL,
    grain         TEXT NOT NULL,           -- full | coarse: what a reader outside the compartment gets
    of_entry INTEGER NOT NULL, of_row INTEGER NOT NULL, -- of the report; a coarse row may be numbered otherwise
    source        TEXT NOT NULL,
    known_us      INTEGER NOT NULL,
    interested    INTEGER NOT NULL,
    source_key    TEXT NOT NULL,
    speaker       TEXT NOT NULL,
    chain         TEXT NOT NULL,           -- canonical JSON array
    ref           TEXT NOT NULL,
    basis         TEXT NOT NULL,
    stance        TEXT NOT NULL,
    from_us       INTEGER,                 -- NULL: time unknown, why in span_said
    until_us      INTEGER,
    span_said     TEXT NOT NULL,
    said_us       INTEGER,
    place         TEXT NOT NULL,           -- canonical JSON of a place or of why there is none
    observer      TEXT NOT NULL,
    act           TEXT NOT NULL,
    type_given    TEXT NOT NULL,
    signature     TEXT NOT NULL,
    direction     TEXT NOT NULL,
    count         TEXT NOT NULL,
    weapon        TEXT NOT NULL,
    accused       TEXT NOT NULL,
    wording       TEXT NOT NULL,
    language      TEXT NOT NULL,
    origin        TEXT NOT NULL,
    about         TEXT NOT NULL,
    audience      TEXT NOT NULL,
    visible_from_us INTEGER NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL,
    PRIMARY KEY (entry, row, grain)
) STRICT, WITHOUT ROWID;
CREATE INDEX claims_by_time ON claims (from_us);
CREATE INDEX claims_by_report ON claims (of_entry, of_row);

CREATE TABLE coverage (
    entry INTEGER NOT NULL, row INTEGER NOT NULL,
    grain         TEXT NOT NULL,
    of_entry INTEGER NOT NULL, of_row INTEGER NOT NULL,
    known_us      INTEGER NOT NULL,
    watcher       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    from_us       INTEGER NOT NULL,
    until_us      INTEGER NOT NULL,
    span_said     TEXT NOT NULL,
    place         TEXT NOT NULL,
    state         TEXT NOT NULL,
    reason        TEXT NOT NULL,
    wording       TEXT NOT NULL,
    audience      TEXT NOT NULL,
    visible_from_us INTEGER NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL,
    PRIMARY KEY (entry, row, grain)
) STRICT, WITHOUT ROWID;
CREATE INDEX coverage_by_time ON coverage (from_us);

CREATE TABLE events (
    entry         INTEGER PRIMARY KEY,
    kind          TEXT NOT NULL,
    author        TEXT NOT NULL,
    on_behalf_of  TEXT NOT NULL,
    at_us         INTEGER NOT NULL,
    payload       TEXT NOT NULL,           -- canonical JSON, as signed for
    audience      TEXT NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL
) STRICT;
CREATE INDEX events_by_kind ON events (kind);

-- The following are computed by the model in force from the rows above.

CREATE TABLE incidents (
    id            TEXT PRIMARY KEY,
    from_us       INTEGER,
    until_us      INTEGER,
    place         TEXT NOT NULL,
    acts          TEXT NOT NULL,
    origins       INTEGER NOT NULL,
    contradictions TEXT NOT NULL,
    audience      TEXT NOT NULL,
    owner         TEXT NOT NULL,
    compartment   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX incidents_by_time ON incidents (from_us);

CREATE TABLE incident_claims (
    incident TEXT NOT NULL, entry INTEGER NOT NULL, row INTEGER NOT NULL,
    audience TEXT NOT NULL, owner TEXT NOT NULL, compartment TEXT NOT NULL,
    PRIMARY KEY (incident, entry, row)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_of_claim ON incident_claims (entry, row);

CREATE TABLE links (
    incident TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, kind TEXT NOT NULL,
    millibits INTEGER NOT NULL, reasons TEXT NOT NULL,
    audience TEXT NOT NULL, owner TEXT NOT NULL, compartment TEXT NOT NULL,
    PRIMARY KEY (incident, one, other, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE judged (                       -- what an incident's proposals were worked out from
    incident TEXT PRIMARY KEY, fingerprint TEXT NOT NULL,
    audience TEXT NOT NULL, owner TEXT NOT NULL, compartment TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE proposals (
    incident TEXT NOT NULL, clause TEXT NOT NULL, party TEXT NOT NULL,
    verdict TEXT NOT NULL, belief_bp INTEGER NOT NULL, plausibility_bp INTEGER NOT NULL,
    as_alleged TEXT NOT NULL,              -- the verdict if it occurred as alleged
    level TEXT NOT NULL,                   -- how far it is verified that it occurred
    missing TEXT NOT NULL,
    audience TEXT NOT NULL, owner TEXT NOT NULL, compartment TEXT NOT NULL,
    PRIMARY KEY (incident, clause, party)
) STRICT, WITHOUT ROWID;
