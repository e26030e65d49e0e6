-- Proposes one sequence of an activity to one user. All or nothing; the log decides whether it counts.
-- KEYS: state, free, users, codes, outbox
-- ARGV: 1 user fingerprint, 2 request fingerprint, 3 ticketId, 4 deadline (epoch ms by the clock of this server),
--       5 requestedAt (epoch ms), 6 userId, 7 requestId, 8 address hash
-- Answers a list that begins with one of CLAIMED HELD LIMIT SOLD_OUT NOT_STARTED ENDED PAUSED EXPIRED FENCED UNOPENED
-- INCOMPLETE. The last is followed by the epoch of the keys of which a part is lost; nothing has been changed then.
-- Whoever is told of a ticket is told the ticketId of his claim, too: an answer that has got to somebody else shows.

local state = redis.call('HMGET', KEYS[1],
    'fence', 'epoch', 'cursor', 'stock', 'opens', 'closes', 'limit', 'paused', 'n')
if not state[1] then
  return {'UNOPENED'}
end

-- The fence is read inside the script: checked from outside, a stale replica promoted in between would serve a claim.
-- Found as plain text: a pattern would be tried at each place of the answer.
local info = redis.call('INFO', 'replication')
local _, before = string.find(info, 'master_replid:', 1, true)
if string.sub(info, before + 1, before + 40) ~= state[1] then
  return {'FENCED'}
end

-- A late or replayed execution does nothing: whoever sent it has given up by now.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if now > tonumber(ARGV[4]) then
  return {'EXPIRED'}
end

local entries = redis.call('HGET', KEYS[3], ARGV[1])
local held = 0
if entries then
  local latest
  for line in string.gmatch(entries, '[^\n]+') do
    held = held + 1
    latest = line
    local request, sequence = string.match(line, '^%d+ (%S+) (%d+) ')
    if request == ARGV[2] then
      local code = redis.call('HGET', KEYS[4], sequence)
      return code and {'HELD', line, code, ARGV[3]} or {'INCOMPLETE', state[2]}
    end
  end
  if held >= tonumber(state[7]) then
    local code = redis.call('HGET', KEYS[4], string.match(latest, '^%d+ %S+ (%d+) '))
    return code and {'LIMIT', latest, code, ARGV[3]} or {'INCOMPLETE', state[2]}
  end
end

if now >= tonumber(state[6]) then
  return {'ENDED'}
end
if now < tonumber(state[5]) then
  return {'NOT_STARTED'}
end
if state[8] == '1' then
  return {'PAUSED'}
end

local cursor = state[3]
local sequence = redis.call('LINDEX', KEYS[2], 0)
local freed = sequence
if not sequence then
  if tonumber(cursor) >= tonumber(state[4]) then
    return {'SOLD_OUT'}
  end
  sequence = cursor
end
local code = redis.call('HGET', KEYS[4], sequence)
if not code then
  return {'INCOMPLETE', state[2]}
end

if freed then
  redis.call('LPOP', KEYS[2])
else
  cursor = string.format('%.0f', tonumber(cursor) + 1)
end
local n = string.format('%.0f', tonumber(state[9]) + 1)
redis.call('HSET', KEYS[1], 'cursor', cursor, 'n', n)
local grabbed_at = string.format('%.0f', now)
local line = table.concat({state[2], ARGV[2], sequence, ARGV[3], ARGV[5], grabbed_at}, ' ')
redis.call('HSET', KEYS[3], ARGV[1], entries and (entries .. '\n' .. line) or line)
local outbox_id = state[2] .. '-' .. n
-- One field: of eight, each would be looked at again when an entry is deleted.
redis.call('XADD', KEYS[5], outbox_id, 'claim', table.concat({
    sequence, ARGV[3], ARGV[6], ARGV[7], ARGV[5], grabbed_at, string.match(code, '^([^|]+)|'), ARGV[8]}, '\n'))
return {'CLAIMED', line, code, outbox_id}
