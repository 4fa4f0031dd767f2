-- Who acts: agencies and their people, operators and who acts for them.

CREATE TABLE agency (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    authorities TEXT NOT NULL,
    source TEXT,
    changed_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX agency_by_name ON agency (name);

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    mail TEXT,
    language TEXT NOT NULL,
    agency TEXT REFERENCES agency (id),
    -- Grows with every change of what the account may do, so that sessions change their tokens.
    rights INTEGER NOT NULL,
    barred INTEGER NOT NULL CHECK (barred IN (0, 1)),
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX account_by_login ON account (login);
CREATE INDEX account_of_agency ON account (agency, id);

CREATE TABLE account_role (
    account TEXT NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    PRIMARY KEY (account, role)
) STRICT;

CREATE INDEX account_role_by_role ON account_role (role, account);

CREATE TABLE operator (
    id TEXT NOT NULL PRIMARY KEY,
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    address TEXT NOT NULL,
    -- The office that keeps its record.
    agency TEXT REFERENCES agency (id),
    content_json TEXT NOT NULL,
    made_at TEXT NOT NULL,
    changed_at TEXT NOT NULL
) STRICT;

CREATE INDEX operator_by_name ON operator (name, id);

-- Who acts for whom. The index of the account answers at every request.
CREATE TABLE operator_agent (
    operator TEXT NOT NULL REFERENCES operator (id),
    account TEXT NOT NULL REFERENCES account (id),
    since_at TEXT NOT NULL,
    PRIMARY KEY (operator, account)
) STRICT;

CREATE INDEX operator_agent_of_account ON operator_agent (account, operator);

-- What proves that somebody is who they say: the hash of a password, a secret of one-time codes, a passkey.
CREATE TABLE credential (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    kind TEXT NOT NULL CHECK (kind IN ('password', 'one-time-code', 'passkey', 'recovery-codes')),
    label TEXT NOT NULL,
    secret TEXT NOT NULL,
    -- The last step of a one-time code, or the counter of a passkey: what was shown is not taken again.
    counter INTEGER NOT NULL,
    made_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE INDEX credential_of_account ON credential (account, kind);
CREATE UNIQUE INDEX credential_one_password ON credential (account) WHERE kind = 'password';
