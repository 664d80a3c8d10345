-- Facts and the calls they join to. Times: epoch milliseconds, UTC. A call outlives the connection it came from, hence no reference to it.

-- A call, summed up for lists. The facts are the truth: every column but id, company_id, connection_id and revision is computed from them.
CREATE TABLE call (
  id               ${identity},
  company_id       BIGINT  NOT NULL REFERENCES company (id),
  connection_id    BIGINT  NOT NULL,
  started_at       BIGINT  NOT NULL,
  answered_at      BIGINT,
  ended_at         BIGINT,
  settled_at       BIGINT,           -- from then on the verdict stands; null while a leg is open
  direction        TEXT    NOT NULL,
  client_e164      TEXT,             -- null unless client_kind is PHONE
  client_national  TEXT,
  client_raw       TEXT    NOT NULL,
  client_kind      TEXT    NOT NULL, -- PHONE, EXTENSION, HIDDEN, MALFORMED
  line             TEXT,
  talk_millis      BIGINT  NOT NULL,
  wait_millis      BIGINT  NOT NULL,
  verdict          TEXT    NOT NULL, -- IN_PROGRESS while a leg is open; counts only after settled_at
  responsible_seat TEXT,
  end_unknown      BOOLEAN NOT NULL,
  last_news_at     BIGINT  NOT NULL,
  updated_at       BIGINT  NOT NULL,
  revision         BIGINT  NOT NULL  -- grows with every change
);
CREATE INDEX call_newest ON call (company_id, started_at, id);
CREATE INDEX call_client ON call (company_id, client_e164, started_at);
CREATE INDEX call_open ON call (last_news_at) WHERE ended_at IS NULL;

-- Calls that turned out to be another one: the old id still answers. Their rows in call stay for what refers to them.
CREATE TABLE call_redirect (
  old_id  BIGINT NOT NULL PRIMARY KEY REFERENCES call (id),
  call_id BIGINT NOT NULL REFERENCES call (id)
);
CREATE INDEX call_redirect_call ON call_redirect (call_id);

-- Every name of a call at its PBX.
CREATE TABLE call_key (
  connection_id BIGINT NOT NULL,
  name          TEXT   NOT NULL,
  call_id       BIGINT NOT NULL REFERENCES call (id),
  PRIMARY KEY (connection_id, name)
);
CREATE INDEX call_key_call ON call_key (call_id);

CREATE TABLE call_fact (
  call_id BIGINT NOT NULL REFERENCES call (id),
  hash    TEXT   NOT NULL, -- SHA-256 of json
  json    TEXT   NOT NULL,
  PRIMARY KEY (call_id, hash)
);

-- Legs as the facts name them: finds the call of a leg that appears under a second call key.
CREATE TABLE call_leg (
  call_id       BIGINT  NOT NULL REFERENCES call (id),
  leg           TEXT    NOT NULL,
  connection_id BIGINT  NOT NULL,
  seat          TEXT    NOT NULL,
  role          TEXT    NOT NULL,
  started_at    BIGINT  NOT NULL,
  history       BOOLEAN NOT NULL, -- known from the PBX's history only
  PRIMARY KEY (call_id, leg)
);
CREATE INDEX call_leg_name ON call_leg (connection_id, leg);
CREATE INDEX call_leg_seat ON call_leg (connection_id, seat, started_at);

-- One join at a time per PBX connection; the row is the lock.
CREATE TABLE join_turn (
  connection_id BIGINT NOT NULL PRIMARY KEY,
  joins         BIGINT NOT NULL
);

-- What came in, as it came: so that decoding can be repeated after a cure.
CREATE TABLE raw_hook (
  id            ${identity},
  company_id    BIGINT   NOT NULL REFERENCES company (id),
  connection_id BIGINT   NOT NULL,
  hook_id       TEXT     NOT NULL UNIQUE, -- given at the door; a redelivered message finds its row by it
  received_at   BIGINT   NOT NULL,
  headers       TEXT     NOT NULL,        -- JSON
  sealed_body   ${bytes} NOT NULL,
  facts         INTEGER,                  -- null until understood
  note          TEXT,
  aside         TEXT                      -- why it was put aside; null when it was not
);
CREATE INDEX raw_hook_age ON raw_hook (received_at);
