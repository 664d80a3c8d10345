-- What an administrator adds to what a connector writes: their field <- our value. Kept apart from the connector's folder, so that a new version of it loses nothing.
CREATE TABLE connection_fields (
  connection_id BIGINT NOT NULL PRIMARY KEY,
  company_id    BIGINT NOT NULL REFERENCES company (id),
  json          TEXT   NOT NULL, -- docs/fields.md
  changed_at    BIGINT NOT NULL  -- epoch milliseconds, UTC
);

-- By which version of its manifest a connection's settings are. No row: by the first.
CREATE TABLE connection_version (
  connection_id BIGINT NOT NULL PRIMARY KEY,
  version       BIGINT NOT NULL,
  former        TEXT   NOT NULL, -- the settings before, JSON; empty once the new ones are proved
  former_version BIGINT NOT NULL,
  migrated_at   BIGINT NOT NULL
);
