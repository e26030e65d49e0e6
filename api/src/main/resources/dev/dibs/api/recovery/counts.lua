-- How many sequences are claimed, and whether all those claims are settled.
-- KEYS: 1 state, 2 free, 3 outbox
-- Answers {epoch, cursor, length of free, length of outbox}, or nothing where nothing is open.

local state = redis.call('HMGET', KEYS[1], 'epoch', 'cursor')
if not state[1] or not state[2] then
  return {}
end
return {state[1], state[2], redis.call('LLEN', KEYS[2]), redis.call('XLEN', KEYS[3])}
