-- A connection's hook address can be changed; the one before works on until its end. Times: epoch milliseconds, UTC.
ALTER TABLE hook ADD COLUMN superseded_at BIGINT;  -- null: it is the connection's address
ALTER TABLE hook ADD COLUMN overlap_millis BIGINT; -- how long it works on from when the system has the new one; null while it is the address
ALTER TABLE hook ADD COLUMN ends_at BIGINT;        -- from then on it is unknown; null: the system does not have the new one yet
ALTER TABLE hook ADD COLUMN last_used_at BIGINT;   -- written every few seconds, also after its end; null: never, as far as is known
