-- Users may be switched off, and be somebody among the employees: who sees only their own calls sees theirs.
ALTER TABLE app_user ADD COLUMN employee_id BIGINT;     -- null: nobody
ALTER TABLE app_user ADD COLUMN switched_off_at BIGINT; -- null while they may sign in

-- Rights a token has of those of its role, as words with spaces between; empty: all of them.
ALTER TABLE api_token ADD COLUMN scopes TEXT NOT NULL DEFAULT '';
-- Whoever sets the hub's environment owns the hub.
UPDATE api_token SET role = 'OWNER' WHERE origin = 'ENVIRONMENT';

-- The link through which somebody becomes a user. It is deleted when it is used, so nobody can use it twice.
CREATE TABLE invitation (
  id          ${identity},
  company_id  BIGINT NOT NULL REFERENCES company (id),
  login       TEXT   NOT NULL, -- lower case
  name        TEXT   NOT NULL,
  role        TEXT   NOT NULL,
  employee_id BIGINT,
  hash        TEXT   NOT NULL UNIQUE,
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL
);
CREATE INDEX invitation_company ON invitation (company_id, id);
