-- One thing that must become true in one connected system because of one call. Times: epoch milliseconds, UTC.
-- It outlives its connection: what was done in a system stays told.
CREATE TABLE effect (
  id              ${identity},
  company_id      BIGINT NOT NULL REFERENCES company (id),
  call_id         BIGINT NOT NULL,
  connection_id   BIGINT NOT NULL,
  kind            TEXT   NOT NULL,
  subject         TEXT   NOT NULL, -- a seat, a recording's key; empty for what a call has once
  seat            TEXT,            -- whose card it put up or took down
  state           TEXT   NOT NULL, -- DUE, STARTED, DONE, WAITING, PARKED, SKIPPED
  attempts        INTEGER NOT NULL,
  first_tried_at  BIGINT,          -- from here the horizon of retries counts
  next_attempt_at BIGINT,
  external_id     TEXT,            -- what the target calls it
  url             TEXT,
  fault           TEXT,            -- of the last attempt
  last_error      TEXT   NOT NULL, -- the target's words
  version         BIGINT NOT NULL,
  changed_at      BIGINT NOT NULL,
  UNIQUE (call_id, connection_id, kind, subject)
);
CREATE INDEX effect_state ON effect (company_id, state, id);

CREATE TABLE attempt (
  id          ${identity},
  effect_id   BIGINT NOT NULL REFERENCES effect (id) ON DELETE CASCADE,
  number      INTEGER NOT NULL,
  at          BIGINT NOT NULL,
  took_millis BIGINT NOT NULL,
  fault       TEXT,
  code        TEXT   NOT NULL,
  said        TEXT   NOT NULL
);
CREATE INDEX attempt_effect ON attempt (effect_id, id);

-- "Look at this call for this connection": the duty; a queue message only speeds it up.
CREATE TABLE wake (
  call_id       BIGINT  NOT NULL,
  connection_id BIGINT  NOT NULL,
  message_group TEXT    NOT NULL, -- keeps the looks at one client's calls in order
  live          BOOLEAN NOT NULL, -- goes before history
  due_at        BIGINT  NOT NULL,
  send_at       BIGINT  NOT NULL, -- from when the sweeper sends it (again)
  revision      BIGINT  NOT NULL, -- grows with every wake, so that a look finishes only what it has seen
  PRIMARY KEY (call_id, connection_id)
);
CREATE INDEX wake_send ON wake (send_at);
