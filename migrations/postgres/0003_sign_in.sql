-- How people and programs get in. Of every secret only its hash is kept: who reads the database cannot sign in.

CREATE TABLE invitation (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    secret_hash TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    purpose TEXT COLLATE "C" NOT NULL CHECK (purpose IN ('first-administrator', 'welcome', 'reset')),
    made_at TEXT COLLATE "C" NOT NULL,
    until_at TEXT COLLATE "C" NOT NULL,
    used_at TEXT COLLATE "C"
);

CREATE UNIQUE INDEX invitation_by_hash ON invitation (secret_hash);
CREATE INDEX invitation_of_account ON invitation (account);

CREATE TABLE session (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    token_hash TEXT COLLATE "C" NOT NULL,
    -- The token before the last change, and why it was changed.
    former_hash TEXT COLLATE "C",
    former_why TEXT COLLATE "C" CHECK (former_why IN ('time', 'rights')),
    begun_at TEXT COLLATE "C" NOT NULL,
    seen_at TEXT COLLATE "C" NOT NULL,
    rotated_at TEXT COLLATE "C" NOT NULL,
    rights BIGINT NOT NULL,
    second_factor BIGINT NOT NULL CHECK (second_factor IN (0, 1)),
    revoked_at TEXT COLLATE "C",
    address TEXT COLLATE "C" NOT NULL,
    device TEXT COLLATE "C" NOT NULL
);

CREATE UNIQUE INDEX session_by_token ON session (token_hash);
CREATE UNIQUE INDEX session_by_former ON session (former_hash);
CREATE INDEX session_of_account ON session (account, begun_at);
CREATE INDEX session_by_age ON session (begun_at);

CREATE TABLE api_token (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    account TEXT COLLATE "C" NOT NULL REFERENCES account (id),
    secret_hash TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    scopes TEXT COLLATE "C" NOT NULL,
    made_at TEXT COLLATE "C" NOT NULL,
    until_at TEXT COLLATE "C" NOT NULL,
    revoked_at TEXT COLLATE "C",
    used_at TEXT COLLATE "C"
);

CREATE UNIQUE INDEX api_token_by_hash ON api_token (secret_hash);
CREATE INDEX api_token_of_account ON api_token (account, made_at);

-- Tries to sign in, of which the wait before the next is worked out. The login is as it was written, folded: there
-- may be no such account.
CREATE TABLE sign_in_try (
    login TEXT COLLATE "C" NOT NULL,
    address TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    passed BIGINT NOT NULL CHECK (passed IN (0, 1))
);

CREATE INDEX sign_in_try_of_login ON sign_in_try (login, at);
CREATE INDEX sign_in_try_of_address ON sign_in_try (address, at);
CREATE INDEX sign_in_try_in_time ON sign_in_try (at);
