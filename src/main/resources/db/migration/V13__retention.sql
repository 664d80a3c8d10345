-- What the retention job did, so that its runs can be seen. Times: epoch milliseconds, UTC.
CREATE TABLE retention_run (
  id             ${identity},
  kind           TEXT   NOT NULL, -- RAW_HOOKS
  started_at     BIGINT NOT NULL,
  ended_at       BIGINT NOT NULL,
  removed_before BIGINT NOT NULL,
  removed        BIGINT NOT NULL
);
CREATE INDEX retention_run_age ON retention_run (started_at);
