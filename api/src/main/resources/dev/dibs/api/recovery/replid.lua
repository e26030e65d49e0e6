-- The replication id of the server that holds this key: in a cluster the key is what leads there.
-- KEYS: 1 state

return {string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')}
