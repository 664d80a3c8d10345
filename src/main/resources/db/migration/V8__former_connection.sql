-- Connections that were removed, so that what was done through them keeps its name. Their settings and secrets are gone.
CREATE TABLE former_connection (
  id         BIGINT NOT NULL PRIMARY KEY,
  company_id BIGINT NOT NULL REFERENCES company (id),
  connector  TEXT   NOT NULL,
  title      TEXT   NOT NULL,
  removed_at BIGINT NOT NULL
);
CREATE INDEX former_connection_company ON former_connection (company_id);
