-- Hooks over their connection's pace wait here to be read, the oldest first. Times: epoch milliseconds, UTC.
ALTER TABLE raw_hook ADD COLUMN held_until BIGINT;                   -- not read before; while it is in the future somebody has it in hand; null: it does not wait
ALTER TABLE raw_hook ADD COLUMN held_tries INTEGER NOT NULL DEFAULT 0;
CREATE INDEX raw_hook_held ON raw_hook (connection_id, id) WHERE held_until IS NOT NULL;
