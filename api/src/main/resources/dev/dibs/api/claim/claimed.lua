-- The latest claim of a user here, and of which epoch these keys are.
-- KEYS: 1 state, 2 users    ARGV: 1 user fingerprint
-- Answers {epoch, ticketId}; the ticketId is '' where there is no claim. The epoch is '' where nothing is open, or the
-- keys were opened on another server: then claims may be missing that the log has, or still gets.

local state = redis.call('HMGET', KEYS[1], 'fence', 'epoch')
local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local entries = redis.call('HGET', KEYS[2], ARGV[1]) or ''
local ticket = string.match(entries, '%d+ %S+ %d+ (%S+) [^\n]*$') or ''
return {state[1] == replid and state[2] or '', ticket}
