-- Long pieces of work. Times: epoch milliseconds, UTC. It outlives its connection: what was done stays told.
CREATE TABLE run (
  id            ${identity},
  company_id    BIGINT  NOT NULL REFERENCES company (id),
  kind          TEXT    NOT NULL, -- replay, catch-up ...
  connection_id BIGINT,
  from_at       BIGINT,
  to_at         BIGINT,
  about         TEXT    NOT NULL, -- JSON object
  begun_by      TEXT    NOT NULL,
  state         TEXT    NOT NULL, -- PREVIEWING, PREVIEWED, WAITING, RUNNING, DONE, CANCELLED, FAILED
  cancelled     BOOLEAN NOT NULL, -- somebody wants it to stop
  done          BIGINT  NOT NULL,
  total         BIGINT,           -- null while it is not known
  tally         TEXT    NOT NULL, -- JSON [[outcome, connection or null, of, count], ...]
  would         TEXT    NOT NULL, -- the same of its preview
  bookmark      TEXT    NOT NULL,
  why           TEXT    NOT NULL,
  report        TEXT    NOT NULL,
  failures      INTEGER NOT NULL, -- in a row
  next_at       BIGINT  NOT NULL,
  holder        TEXT,             -- who works on it, until the lease ends
  lease_until   BIGINT  NOT NULL,
  created_at    BIGINT  NOT NULL,
  started_at    BIGINT,
  ended_at      BIGINT
);
CREATE INDEX run_due ON run (state, next_at);
CREATE INDEX run_company ON run (company_id, id);
