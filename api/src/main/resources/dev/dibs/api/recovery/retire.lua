-- Removes the keys of an activity whose sale is over for good. They can be rebuilt from the log at any time.
-- KEYS: 1 state, 2 free, 3 users, 4 codes, 5 outbox, 6 lease
-- ARGV: 1 milliseconds of aftercare, 2 whether the sale was ended: then no window that is here means anything
-- Answers RETIRED, LIVE (by the clock and the window of this server the sale is not over) or CLAIMS (there are claims
-- that are not known to be in the log).

if redis.call('XLEN', KEYS[5]) > 0 then
  return {'CLAIMS'}
end
local closes = redis.call('HGET', KEYS[1], 'closes')
if closes and ARGV[2] == '0' then
  local time = redis.call('TIME')
  if time[1] * 1000 < tonumber(closes) + tonumber(ARGV[1]) then
    return {'LIVE'}
  end
end
redis.call('UNLINK', unpack(KEYS))
return {'RETIRED'}
