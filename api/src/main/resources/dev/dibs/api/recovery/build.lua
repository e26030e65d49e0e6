-- Adds a batch to a key under construction, and lets the key vanish by itself if nobody completes it. In one step: whoever
-- dies between the two would leave the key for ever.
-- KEYS: the key
-- ARGV: 1 the command, 2 milliseconds until it vanishes, 3 and following what the command takes
-- Answers BUILT.

redis.call(ARGV[1], KEYS[1], unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return {'BUILT'}
