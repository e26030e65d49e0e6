-- Whether a user has a claim here, and of which epoch these keys are.
-- KEYS: 1 state, 2 users    ARGV: 1 user fingerprint
-- Answers {epoch, '1' or '0'}; the epoch is '' where nothing is open, the keys were opened on another server, or this one
-- is a replica, which has the replication id of its master: then claims may be missing that the log has, or still gets.

local state = redis.call('HMGET', KEYS[1], 'fence', 'epoch')
local info = redis.call('INFO', 'replication')
local replid = string.find(info, 'role:master', 1, true) and string.match(info, 'master_replid:(%x+)')
local claimed = redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1 and '1' or '0'
return {state[1] == replid and state[2] or '', claimed}
