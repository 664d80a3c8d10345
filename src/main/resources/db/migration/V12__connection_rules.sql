-- What a company wants done for its calls in one connection. None: the shipped rules hold.
CREATE TABLE connection_rules (
  connection_id BIGINT NOT NULL PRIMARY KEY REFERENCES connection (id) ON DELETE CASCADE,
  company_id    BIGINT NOT NULL REFERENCES company (id),
  json          TEXT   NOT NULL,
  changed_at    BIGINT NOT NULL
);
