-- Who may send to a connection's hook address. Times: epoch milliseconds, UTC.
ALTER TABLE connection ADD COLUMN hook_networks TEXT NOT NULL DEFAULT ''; -- blocks of addresses with spaces between; empty: anybody who knows the address

ALTER TABLE hook ADD COLUMN last_used_from TEXT; -- network address of the last sender; null: not known

-- Hooks that were refused because of where they came from, since the list was changed last.
CREATE TABLE hook_refusal (
  connection_id BIGINT NOT NULL PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
  refused       BIGINT NOT NULL,
  since         BIGINT NOT NULL,
  last_at       BIGINT NOT NULL,
  last_from     TEXT   NOT NULL
);
