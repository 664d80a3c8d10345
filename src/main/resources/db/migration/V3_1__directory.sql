-- Who works for a company and who calls it. Times: epoch milliseconds, UTC. Nothing here is removed by a listing: old calls still name their people.
CREATE TABLE employee (
  id         ${identity},
  company_id BIGINT  NOT NULL REFERENCES company (id),
  name       TEXT    NOT NULL,
  email      TEXT,
  extension  TEXT,
  active     BOOLEAN NOT NULL,
  changed_at BIGINT  NOT NULL
);
CREATE INDEX employee_company ON employee (company_id, extension);

-- What each connected system calls an employee, and what it told of him last: a value of employee follows the system that gave it, no other.
CREATE TABLE employee_account (
  connection_id BIGINT  NOT NULL,
  external_id   TEXT    NOT NULL,
  employee_id   BIGINT  NOT NULL REFERENCES employee (id) ON DELETE CASCADE,
  name          TEXT    NOT NULL,
  email         TEXT,
  extension     TEXT,
  active        BOOLEAN NOT NULL, -- listed there, and not as dismissed
  PRIMARY KEY (connection_id, external_id),
  UNIQUE (employee_id, connection_id)
);

-- The company's own numbers as a PBX lists them.
CREATE TABLE pbx_line (
  connection_id BIGINT NOT NULL,
  number        TEXT   NOT NULL,
  PRIMARY KEY (connection_id, number)
);

-- The card of a client number in one connected system.
CREATE TABLE client (
  company_id    BIGINT NOT NULL REFERENCES company (id),
  connection_id BIGINT NOT NULL,
  e164          TEXT   NOT NULL,
  kind          TEXT   NOT NULL, -- contact, company, lead: the target's word
  external_id   TEXT   NOT NULL,
  name          TEXT   NOT NULL,
  url           TEXT,
  owner         TEXT,            -- id of the responsible user there
  changed_at    BIGINT NOT NULL,
  PRIMARY KEY (company_id, connection_id, e164)
);

-- Who may create the card of a number. One holder at a time; a holder that dies frees it by the time.
CREATE TABLE client_claim (
  company_id    BIGINT NOT NULL REFERENCES company (id),
  connection_id BIGINT NOT NULL,
  e164          TEXT   NOT NULL,
  held_until    BIGINT NOT NULL,
  PRIMARY KEY (company_id, connection_id, e164)
);
