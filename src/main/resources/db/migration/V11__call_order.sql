-- An order is stored before the PBX is asked, and the asking before it is done: whatever happens between the two, no phone rings twice for one order.
ALTER TABLE click_to_call RENAME COLUMN entry TO reference; -- the same for every repetition of an order: its entry, or the hook that brought it
ALTER TABLE click_to_call ADD COLUMN entry TEXT;            -- null when the target opened none
ALTER TABLE click_to_call ADD COLUMN employee TEXT;         -- who ordered it, by the target's id; null when a client did
ALTER TABLE click_to_call ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE click_to_call ADD COLUMN line TEXT NOT NULL DEFAULT '';
ALTER TABLE click_to_call ADD COLUMN placed_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE click_to_call ADD COLUMN pbx_id BIGINT;         -- who is to make the call; null when nobody can
ALTER TABLE click_to_call ADD COLUMN seat TEXT;
ALTER TABLE click_to_call ADD COLUMN asked_at BIGINT;
ALTER TABLE click_to_call ADD COLUMN state TEXT NOT NULL DEFAULT 'MADE'; -- TAKEN, ASKED, MADE, FAILED
UPDATE click_to_call SET entry = reference WHERE reference <> '';
UPDATE click_to_call SET state = 'FAILED' WHERE failure IS NOT NULL;
CREATE INDEX click_to_call_open ON click_to_call (state, ordered_at);
