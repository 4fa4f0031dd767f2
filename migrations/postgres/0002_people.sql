-- Who acts: agencies and their people, operators and who acts for them.

CREATE TABLE agency (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    authorities TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C",
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX agency_by_name ON agency (name);

CREATE TABLE account (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    login TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    mail TEXT COLLATE "C",
    language TEXT COLLATE "C" NOT NULL,
    agency TEXT COLLATE "C" REFERENCES agency (id),
    -- Grows with every change of what the account may do, so that sessions change their tokens.
    rights BIGINT NOT NULL,
    barred BIGINT NOT NULL CHECK (barred IN (0, 1)),
    made_at TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX account_by_login ON account (login);
CREATE INDEX account_of_agency ON account (agency, id);

CREATE TABLE account_role (
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    role TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (account, role)
);

CREATE INDEX account_role_by_role ON account_role (role, account);

CREATE TABLE operator (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    -- The office that keeps its record.
    agency TEXT COLLATE "C" REFERENCES agency (id),
    content_json TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    changed_at TEXT COLLATE "C" NOT NULL
);

CREATE INDEX operator_by_name ON operator (name, id);

-- Who acts for whom. The index of the account answers at every request.
CREATE TABLE operator_agent (
    operator TEXT COLLATE "C" NOT NULL REFERENCES operator (id),
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    since_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (operator, account)
);

CREATE INDEX operator_agent_of_account ON operator_agent (account, operator);

-- What proves that somebody is who they say: the hash of a password, a secret of one-time codes, a passkey.
CREATE TABLE credential (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('password', 'one-time-code', 'passkey', 'recovery-codes')),
    label TEXT COLLATE "C" NOT NULL,
    secret TEXT COLLATE "C" NOT NULL,
    -- The last step of a one-time code, or the counter of a passkey: what was shown is not taken again.
    counter BIGINT NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    used_at TEXT COLLATE "C"
);

CREATE INDEX credential_of_account ON credential (account, kind);
CREATE UNIQUE INDEX credential_one_password ON credential (account) WHERE kind = 'password';
