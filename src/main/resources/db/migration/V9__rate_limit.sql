-- What is left of each connection's rate limit, counted for all nodes of the hub together. Written on PostgreSQL only: on SQLite there is one node,
-- and it counts in its memory.
CREATE TABLE rate_limit (
  connection_id BIGINT NOT NULL PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
  state         ${bytes} -- as Bucket4j writes it; null while the first request is on its way
);

-- Parked effects are counted for a gauge every few seconds.
CREATE INDEX effect_parked ON effect (connection_id) WHERE state = 'PARKED';
