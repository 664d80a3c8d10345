-- Who did what, when, from where: a log of each company that only grows. hash covers the line and the hash of the line before it.
CREATE TABLE audit_entry (
  company_id   BIGINT NOT NULL REFERENCES company (id),
  number       BIGINT NOT NULL, -- 1, 2, 3 ... in each company, without a gap
  at           BIGINT NOT NULL, -- epoch milliseconds, UTC
  actor_kind   TEXT   NOT NULL, -- USER, TOKEN, COMMAND_LINE, HUB, SYSTEM, STRANGER
  actor_id     BIGINT NOT NULL, -- of the user or token; 0 for none
  actor_name   TEXT   NOT NULL, -- as it was then
  address      TEXT   NOT NULL, -- empty when nothing came over the network
  action       TEXT   NOT NULL, -- connection-changed
  subject      TEXT   NOT NULL, -- connection-7
  subject_name TEXT   NOT NULL, -- as it was then
  changes      TEXT   NOT NULL, -- JSON: [{what, from, to, hidden}]
  hash         TEXT   NOT NULL, -- SHA-256, hexadecimal
  PRIMARY KEY (company_id, number)
);
CREATE INDEX audit_entry_at ON audit_entry (company_id, at);
CREATE INDEX audit_entry_actor ON audit_entry (company_id, actor_kind, actor_id, number);
CREATE INDEX audit_entry_action ON audit_entry (company_id, action, number);
CREATE INDEX audit_entry_subject ON audit_entry (company_id, subject, number);

-- Where each log ends, once open for the next writer and once sealed by the vault, so that a log that was cut shows it.
CREATE TABLE audit_head (
  company_id BIGINT   NOT NULL PRIMARY KEY REFERENCES company (id),
  number     BIGINT   NOT NULL,
  hash       TEXT     NOT NULL,
  sealed     ${bytes} NOT NULL
);

-- The database itself refuses to change or remove a line.
${audit-only-grows}
