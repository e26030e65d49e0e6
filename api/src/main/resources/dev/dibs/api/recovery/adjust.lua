-- Changes what may change during a sale without a new epoch.
-- KEYS: 1 state    ARGV: 1 replication id, 2 epoch, 3 stock, 4 opens, 5 closes, 6 paused, 7 version of the activity
-- Answers ADJUSTED, or MOVED where the server, the epoch or the version is not the expected one.

local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
local state = redis.call('HMGET', KEYS[1], 'fence', 'epoch', 'stock', 'version')
if replid ~= ARGV[1] or state[1] ~= ARGV[1] or state[2] ~= ARGV[2] or tonumber(state[4]) > tonumber(ARGV[7]) then
  return {'MOVED'}
end
-- Stock only grows: an instance whose fold lags must not take back what another has added.
if tonumber(ARGV[3]) > tonumber(state[3]) then
  redis.call('HSET', KEYS[1], 'stock', ARGV[3])
end
redis.call('HSET', KEYS[1], 'opens', ARGV[4], 'closes', ARGV[5], 'paused', ARGV[6], 'version', ARGV[7])
return {'ADJUSTED'}
