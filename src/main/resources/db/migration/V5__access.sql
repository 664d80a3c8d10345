-- A person who signs in to the console. Passwords are stored as salted, slow hashes.
CREATE TABLE app_user (
  id              ${identity},
  company_id      BIGINT NOT NULL REFERENCES company (id),
  login           TEXT   NOT NULL UNIQUE, -- lower case; unique over all companies, because it is asked for before the company is known
  name            TEXT   NOT NULL,
  role            TEXT   NOT NULL,
  password_hash   TEXT   NOT NULL,
  created_at      BIGINT NOT NULL,
  last_sign_in_at BIGINT
);

-- A key of a program. Only its SHA-256 is stored; hash_start finds the row, the rest is compared in constant time.
CREATE TABLE api_token (
  id           ${identity},
  company_id   BIGINT NOT NULL REFERENCES company (id),
  title        TEXT   NOT NULL,
  role         TEXT   NOT NULL,
  origin       TEXT   NOT NULL, -- ISSUED by the hub, or given by the ENVIRONMENT
  hash_start   TEXT   NOT NULL,
  hash         TEXT   NOT NULL UNIQUE,
  created_at   BIGINT NOT NULL,
  expires_at   BIGINT,
  last_used_at BIGINT
);
CREATE INDEX api_token_hash_start ON api_token (hash_start);

-- The link through which a company's first user comes in: one a company, so a spent one can be recognised by its absence.
CREATE TABLE setup_link (
  company_id BIGINT NOT NULL PRIMARY KEY REFERENCES company (id),
  hash       TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);
