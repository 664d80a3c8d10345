-- Recordings of calls: wanted, fetched or given up, always visible as one of these.
CREATE TABLE recording (
  id            ${identity},
  company_id    BIGINT NOT NULL,
  connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  call_key      TEXT   NOT NULL,
  seat          TEXT   NOT NULL,
  state         TEXT   NOT NULL, -- WANTED | STORED | ABSENT
  attempts      INT    NOT NULL,
  next_at       BIGINT NOT NULL,
  ended_at      BIGINT NOT NULL,
  file          TEXT,
  content_type  TEXT,
  size_bytes    BIGINT,
  talk_millis   BIGINT NOT NULL,
  last_error    TEXT,
  UNIQUE (connection_id, call_key, seat)
);
CREATE INDEX recording_due ON recording (state, next_at);

-- Orders by click-to-call: one for each entry the target opened.
CREATE TABLE click_to_call (
  id            ${identity},
  company_id    BIGINT NOT NULL,
  connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  entry         TEXT   NOT NULL,
  ordered_at    BIGINT NOT NULL,
  call_key      TEXT,
  failure       TEXT,
  UNIQUE (connection_id, entry)
);
