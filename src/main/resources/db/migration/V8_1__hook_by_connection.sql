-- When a connection was heard of last, told without reading through the hooks of all.
CREATE INDEX raw_hook_connection ON raw_hook (connection_id, received_at);
