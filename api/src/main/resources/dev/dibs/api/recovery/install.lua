-- Puts keys that were built from the log in the place of those that cannot be trusted.
-- KEYS: 1 state, 2 free, 3 users, 4 codes, 5 outbox, 6 new free, 7 new users, 8 new codes
-- ARGV: 1 replication id, 2 epoch, 3 cursor, 4 stock, 5 opens, 6 closes, 7 limit, 8 paused, 9 '1' if codes are new,
--       10 version of the activity, 11 how many are free, 12 how many users
-- Answers INSTALLED, MOVED (this server is not the one that the epoch was opened for), STALE (a later epoch stands) or
-- GONE (not all that was built is there).

local replid = string.match(redis.call('INFO', 'replication'), 'master_replid:(%x+)')
if replid ~= ARGV[1] then
  return {'MOVED'}
end
local epoch = redis.call('HGET', KEYS[1], 'epoch')
if epoch and tonumber(epoch) >= tonumber(ARGV[2]) then
  return {'STALE'}
end

-- The server may have been emptied since, or whoever built it has given up: what is missing must not look like nobody.
local codes = ARGV[9] == '1' and KEYS[8] or KEYS[4]
if redis.call('LLEN', KEYS[6]) ~= tonumber(ARGV[11])
    or redis.call('HLEN', KEYS[7]) ~= tonumber(ARGV[12])
    or redis.call('HLEN', codes) < tonumber(ARGV[4]) then
  return {'GONE'}
end

local function replace(old, new)
  redis.call('UNLINK', old)
  if redis.call('EXISTS', new) == 1 then
    redis.call('RENAME', new, old)
    -- While under construction it would expire, so that a recovery that died leaves nothing behind.
    redis.call('PERSIST', old)
  end
end
replace(KEYS[2], KEYS[6])
replace(KEYS[3], KEYS[7])
if ARGV[9] == '1' then
  replace(KEYS[4], KEYS[8])
end
-- What was in the outbox was published before the epoch was opened, or is void.
redis.call('UNLINK', KEYS[5], KEYS[1])
redis.call('HSET', KEYS[1], 'fence', ARGV[1], 'epoch', ARGV[2], 'cursor', ARGV[3], 'stock', ARGV[4],
    'opens', ARGV[5], 'closes', ARGV[6], 'limit', ARGV[7], 'paused', ARGV[8], 'version', ARGV[10], 'n', 0)
return {'INSTALLED'}
