-- How people and programs get in. Of every secret only its hash is kept: who reads the database cannot sign in.

CREATE TABLE invitation (
    id TEXT NOT NULL PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('first-administrator', 'welcome', 'reset')),
    made_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    used_at TEXT
) STRICT;

CREATE UNIQUE INDEX invitation_by_hash ON invitation (secret_hash);
CREATE INDEX invitation_of_account ON invitation (account);

CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    token_hash TEXT NOT NULL,
    -- The token before the last change, and why it was changed.
    former_hash TEXT,
    former_why TEXT CHECK (former_why IN ('time', 'rights')),
    begun_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    rotated_at TEXT NOT NULL,
    rights INTEGER NOT NULL,
    second_factor INTEGER NOT NULL CHECK (second_factor IN (0, 1)),
    revoked_at TEXT,
    address TEXT NOT NULL,
    device TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX session_by_token ON session (token_hash);
CREATE UNIQUE INDEX session_by_former ON session (former_hash);
CREATE INDEX session_of_account ON session (account, begun_at);
CREATE INDEX session_by_age ON session (begun_at);

CREATE TABLE api_token (
    id TEXT NOT NULL PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    secret_hash TEXT NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,
    made_at TEXT NOT NULL,
    until_at TEXT NOT NULL,
    revoked_at TEXT,
    used_at TEXT
) STRICT;

CREATE UNIQUE INDEX api_token_by_hash ON api_token (secret_hash);
CREATE INDEX api_token_of_account ON api_token (account, made_at);

-- Tries to sign in, of which the wait before the next is worked out. The login is as it was written, folded: there
-- may be no such account.
CREATE TABLE sign_in_try (
    login TEXT NOT NULL,
    address TEXT NOT NULL,
    at TEXT NOT NULL,
    passed INTEGER NOT NULL CHECK (passed IN (0, 1))
) STRICT;

CREATE INDEX sign_in_try_of_login ON sign_in_try (login, at);
CREATE INDEX sign_in_try_of_address ON sign_in_try (address, at);
CREATE INDEX sign_in_try_in_time ON sign_in_try (at);
