-- Asks for the requests of a file in turn, one a line: path, host, entity tag, key and address of the client, separated by tabs; all but
-- the path may be empty. The second argument is the mean pause of a connection between its requests, in milliseconds.
local requests, at = {}, 0

function init(args)
  for line in io.lines(args[1]) do
    local path, host, etag, key, from = line:match("^([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)\t([^\t]*)$")
    local headers = {
      ["Host"] = host ~= "" and host or nil,
      ["If-None-Match"] = etag ~= "" and etag or nil,
      ["Authorization"] = key ~= "" and "Bearer " .. key or nil,
      ["X-Forwarded-For"] = from ~= "" and from or nil,
    }
    requests[#requests + 1] = wrk.format("GET", path, headers)
  end
  at = math.random(#requests)
  local pause = tonumber(args[2])
  if pause > 0 then
    function delay()
      return math.random(0, 2 * pause)
    end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("result %d %d %d %d %d\n", summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)))
end
