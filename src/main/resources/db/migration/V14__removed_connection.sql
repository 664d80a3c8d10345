-- A removed connection is switched off and hidden instead of deleted, so that its calls, recordings and effects keep its title.
ALTER TABLE connection ADD COLUMN removed_at BIGINT; -- null while it is there

INSERT INTO connection (id, company_id, connector, title, enabled, created_at, changed_at, removed_at)
SELECT id, company_id, connector, title, FALSE, removed_at, removed_at, removed_at FROM former_connection;

DROP TABLE former_connection;
