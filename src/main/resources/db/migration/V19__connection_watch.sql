-- Since when something is the matter with a connection. Times everywhere: epoch milliseconds, UTC.
ALTER TABLE connection_health ADD COLUMN fault_since BIGINT; -- first fault since it last went well
ALTER TABLE connection_health ADD COLUMN deaf_since BIGINT;  -- its subscription ran out or was refused; null while it lives
ALTER TABLE connection_health ADD COLUMN deaf_why TEXT;

-- When somebody works in a company, and how long a PBX may be silent then. None: the hub's defaults hold.
CREATE TABLE company_watch (
  company_id      BIGINT  NOT NULL PRIMARY KEY REFERENCES company (id),
  days            TEXT    NOT NULL, -- ISO numbers of the days of the week, 1 = Monday: 12345
  opens           TEXT    NOT NULL, -- 09:00, in the company's zone
  closes          TEXT    NOT NULL, -- 18:00; 00:00 is the end of the day
  silence_minutes INTEGER NOT NULL  -- of working time; 0: silence is never told
);

-- What is the matter with a connection and was, or soon will be, told. The row goes when the matter is over.
CREATE TABLE connection_alert (
  connection_id BIGINT  NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  concern       TEXT    NOT NULL, -- FAULT, DEAF, SILENCE, BACKLOG, FAILURES, OFF
  level         INTEGER NOT NULL, -- percent: 50, 70, 90, 100
  since         BIGINT  NOT NULL,
  told_at       BIGINT,           -- null while it is too young to be told
  gone_since    BIGINT,           -- null while it holds
  PRIMARY KEY (connection_id, concern)
);

-- Alerts on their way to people: a row for each channel, tried again until it is taken.
CREATE TABLE alert_message (
  id            ${identity},
  company_id    BIGINT  NOT NULL REFERENCES company (id),
  connection_id BIGINT  NOT NULL,
  concern       TEXT    NOT NULL,
  turn          TEXT    NOT NULL, -- BEGAN, WORSE, STILL, OVER
  level         INTEGER NOT NULL,
  since         BIGINT  NOT NULL,
  written_at    BIGINT  NOT NULL,
  subject       TEXT    NOT NULL,
  body          TEXT    NOT NULL,
  channel       TEXT    NOT NULL,
  message_key   TEXT    NOT NULL, -- the same at every try, so that the receiver knows a repetition
  state         TEXT    NOT NULL, -- DUE, SENT, GIVEN_UP
  attempts      INTEGER NOT NULL,
  next_at       BIGINT  NOT NULL,
  last_error    TEXT    NOT NULL
);
CREATE INDEX alert_message_due ON alert_message (state, next_at);

-- How many of the last attempts failed is counted at every look.
CREATE INDEX attempt_at ON attempt (at);
