-- What the PBX itself calls a recording; null where call and seat are enough to find it.
ALTER TABLE recording ADD COLUMN name TEXT;
