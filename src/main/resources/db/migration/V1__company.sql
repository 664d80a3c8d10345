-- A customer of the hub. Times everywhere: epoch milliseconds, UTC.
CREATE TABLE company (
  id         ${identity},
  title      TEXT   NOT NULL,
  region     TEXT   NOT NULL,
  time_zone  TEXT   NOT NULL,
  language   TEXT   NOT NULL,
  created_at BIGINT NOT NULL
);

-- The first company exists from the start: a single-company hub needs no set-up of it.
INSERT INTO company (id, title, region, time_zone, language, created_at)
VALUES (1, 'Company', 'RU', 'Europe/Moscow', 'ru', 0);
