-- One company's use of a connector. Times: epoch milliseconds, UTC.
CREATE TABLE connection (
  id         ${identity},
  company_id BIGINT  NOT NULL REFERENCES company (id),
  connector  TEXT    NOT NULL,
  title      TEXT    NOT NULL,
  enabled    BOOLEAN NOT NULL,
  created_at BIGINT  NOT NULL,
  changed_at BIGINT  NOT NULL
);
CREATE INDEX connection_company ON connection (company_id);

-- A row for each setting, so that saving one never touches another.
CREATE TABLE connection_setting (
  connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  name          TEXT   NOT NULL,
  value         TEXT   NOT NULL, -- JSON
  PRIMARY KEY (connection_id, name)
);

-- Sealed by the vault; bound to company, connection and name.
CREATE TABLE secret (
  connection_id BIGINT   NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  name          TEXT     NOT NULL,
  sealed        ${bytes} NOT NULL,
  changed_at    BIGINT   NOT NULL,
  PRIMARY KEY (connection_id, name)
);

-- The pair of OAuth tokens in use. Whoever renews it holds it until a time, so that a node that dies frees it.
CREATE TABLE token (
  connection_id BIGINT   NOT NULL PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
  version       BIGINT   NOT NULL, -- grows with every new pair
  sealed        ${bytes},          -- null until the first pair is there
  expires_at    BIGINT   NOT NULL,
  asked_at      BIGINT,            -- a renewal was sent then and its answer is not stored; null when none is open
  holder        TEXT,
  held_until    BIGINT   NOT NULL
);

-- Small things to remember for a connection: a renamed host, an id at the target.
CREATE TABLE connection_state (
  connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  name          TEXT   NOT NULL,
  value         TEXT   NOT NULL,
  PRIMARY KEY (connection_id, name)
);

CREATE TABLE connection_health (
  connection_id BIGINT NOT NULL PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
  good_at       BIGINT, -- last exchange that went well
  fault_at      BIGINT, -- last one that did not
  fault         TEXT,
  code          TEXT,
  sentence      TEXT
);

-- Proves at the start that the vault's key is the one the secrets were sealed with.
CREATE TABLE vault_key (
  key_id TEXT     NOT NULL PRIMARY KEY,
  proof  ${bytes} NOT NULL
);
