-- The replication id of the server that holds this key, in a cluster the key is what leads there, and what it is.
-- KEYS: 1 state
-- Answers {replication id, 'master' or 'slave'}

local info = redis.call('INFO', 'replication')
return {string.match(info, 'master_replid:(%x+)'), string.match(info, 'role:(%a+)')}
