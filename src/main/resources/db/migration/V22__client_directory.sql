-- The company's clients, gathered from every connected system, imports and what people wrote. Times: epoch milliseconds, UTC.
-- The table client stays what it is: the card that one system has for one number.
CREATE TABLE known_client (
  id         ${identity},
  company_id BIGINT  NOT NULL REFERENCES company (id),
  name       TEXT    NOT NULL,
  sought     TEXT    NOT NULL, -- the name in small letters, for searching: a database lowers only what it knows
  name_from  BIGINT  NOT NULL, -- connection that gave the name; 0: a person or an import did
  owner_id   BIGINT  REFERENCES employee (id) ON DELETE SET NULL,
  owner_from BIGINT  NOT NULL,
  vip        BOOLEAN NOT NULL,
  changed_at BIGINT  NOT NULL
);
CREATE INDEX known_client_company ON known_client (company_id, sought);

CREATE TABLE known_client_number (
  company_id BIGINT NOT NULL REFERENCES company (id),
  e164       TEXT   NOT NULL,
  client_id  BIGINT NOT NULL REFERENCES known_client (id) ON DELETE CASCADE,
  PRIMARY KEY (company_id, e164)
);
CREATE INDEX known_client_number_client ON known_client_number (client_id);

-- What each connected system calls a client, and what it told of him last.
CREATE TABLE known_client_account (
  connection_id BIGINT NOT NULL,
  kind          TEXT   NOT NULL, -- the target's word
  external_id   TEXT   NOT NULL,
  client_id     BIGINT NOT NULL REFERENCES known_client (id) ON DELETE CASCADE,
  name          TEXT   NOT NULL,
  url           TEXT,
  owner         TEXT,            -- id of the responsible user there
  told_at       BIGINT NOT NULL,
  PRIMARY KEY (connection_id, kind, external_id)
);
CREATE INDEX known_client_account_client ON known_client_account (client_id);

-- Two systems say different things and the company wants to be asked: what a system says instead of what stands.
CREATE TABLE client_question (
  client_id     BIGINT NOT NULL REFERENCES known_client (id) ON DELETE CASCADE,
  field         TEXT   NOT NULL, -- NAME or OWNER
  connection_id BIGINT NOT NULL,
  value         TEXT   NOT NULL, -- the name, or the id of the employee
  asked_at      BIGINT NOT NULL,
  PRIMARY KEY (client_id, field, connection_id)
);

-- Whose word counts when two systems know a client. No row: the newest.
CREATE TABLE client_policy (
  company_id BIGINT NOT NULL PRIMARY KEY REFERENCES company (id),
  conflict   TEXT   NOT NULL, -- NEWEST, MASTER, ASK
  master     BIGINT NOT NULL  -- connection; 0 without a master
);

-- Orders as shops told them last.
CREATE TABLE client_order (
  connection_id BIGINT  NOT NULL,
  external_id   TEXT    NOT NULL,
  company_id    BIGINT  NOT NULL REFERENCES company (id),
  e164          TEXT    NOT NULL,
  number        TEXT    NOT NULL,
  status        TEXT    NOT NULL, -- the shop's word
  open          BOOLEAN NOT NULL,
  total         TEXT    NOT NULL, -- decimal, empty when unknown
  currency      TEXT    NOT NULL,
  placed_at     BIGINT,
  url           TEXT,
  items         TEXT    NOT NULL, -- [{name, quantity}]
  told_at       BIGINT  NOT NULL,
  PRIMARY KEY (connection_id, external_id)
);
CREATE INDEX client_order_number ON client_order (company_id, e164);
