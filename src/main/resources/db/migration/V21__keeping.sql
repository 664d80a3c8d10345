-- How long what is kept, and who was forgotten. Times: epoch milliseconds, UTC.

-- When the call lost its persons; null while it has them. Computed from its facts, as all of this table.
ALTER TABLE call ADD COLUMN erased_at BIGINT;

-- The key with which erased numbers are hashed: there are so few numbers that a hash without one is as good as the number. One row.
CREATE TABLE erasure_key (
  id     INTEGER  NOT NULL PRIMARY KEY,
  sealed ${bytes} NOT NULL
);

-- Numbers that were erased, so that what is told of them later does not bring them back.
CREATE TABLE erased_number (
  company_id BIGINT NOT NULL REFERENCES company (id),
  hash       TEXT   NOT NULL, -- HMAC-SHA-256 of company and number, hex
  erased_at  BIGINT NOT NULL, -- what is told of a time up to this is told of nobody
  PRIMARY KEY (company_id, hash)
);

-- The receipt of an erasure. It holds no number.
CREATE TABLE erasure (
  id         ${identity},
  company_id BIGINT NOT NULL REFERENCES company (id),
  begun_at   BIGINT NOT NULL,
  ended_at   BIGINT,          -- null: it was cut; asking again finishes it
  asked_by   TEXT   NOT NULL,
  counts     TEXT   NOT NULL  -- JSON: kind of data -> how many
);
CREATE INDEX erasure_company ON erasure (company_id, id);

-- What connected systems hold of the person: there the company erases it.
CREATE TABLE erasure_copy (
  erasure_id    BIGINT NOT NULL REFERENCES erasure (id) ON DELETE CASCADE,
  connection_id BIGINT NOT NULL,
  kind          TEXT   NOT NULL, -- the target's word for a client's card, else the operation that made it
  external_id   TEXT   NOT NULL,
  url           TEXT   NOT NULL, -- empty for none
  PRIMARY KEY (erasure_id, connection_id, kind, external_id)
);

-- How long a company keeps what. None: the hub's defaults hold.
CREATE TABLE retention (
  company_id BIGINT  NOT NULL REFERENCES company (id),
  kind       TEXT    NOT NULL,
  days       INTEGER NOT NULL, -- 0: until somebody removes it
  PRIMARY KEY (company_id, kind)
);
ALTER TABLE retention_run ADD COLUMN company_id BIGINT; -- null: of all companies
ALTER TABLE retention_run ADD COLUMN error TEXT;        -- null: it came to its end

-- Hooks that a back-up found on their way into the database; the hub that was restored reads them at its start.
CREATE TABLE restored_hook (
  id     ${identity},
  sealed ${bytes} NOT NULL
);
