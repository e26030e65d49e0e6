-- Requests of buyers for wrk: wrk … http://host:port/path?query FILE
-- FILE holds one token a line; "-" sends the plain request. What this script costs counts against the server, so
-- that a request is two concatenations and no more.
local tokens = {}
local count = 0
local at = 0
local head, tail

function init(args)
    if args[1] == nil or args[1] == "-" then
        -- wrk then sends its own prepared request without entering Lua.
        request = nil
        return
    end
    for line in io.lines(args[1]) do
        count = count + 1
        tokens[count] = line
    end
    head = "GET " .. wrk.path .. " HTTP/1.1\r\nHost: " .. wrk.host .. ":" .. wrk.port .. "\r\nAuthorization: Bearer "
    tail = "\r\n\r\n"
end

function request()
    at = at + 1
    if at > count then at = 1 end
    return head .. tokens[at] .. tail
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        'DIBS-RESULT {"requests":%d,"micros":%d,"refused":%d,"broken":%d,"p50Micros":%d,"p99Micros":%d}\n',
        summary.requests, summary.duration, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
