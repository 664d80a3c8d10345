-- Where hooks arrive. The secret part of the address is kept as a hash only; the sealed copy is among the connection's secrets.
CREATE TABLE hook (
  secret_hash   TEXT   NOT NULL PRIMARY KEY, -- SHA-256, hex
  connection_id BIGINT NOT NULL REFERENCES connection (id) ON DELETE CASCADE,
  created_at    BIGINT NOT NULL
);
CREATE INDEX hook_connection ON hook (connection_id);
