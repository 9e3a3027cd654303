-- Writes what belongs to one slot, once: moves fences that hold what is expected, then runs commands.
-- KEYS: the fences, then all keys that the commands touch.
-- ARGV: count of fences; for each what it must hold ('' for nothing) and what it is to hold;
--       for each command the count of its words and the words.
-- Answers {0} where a fence holds something else, else {1, place, error, place, error, ...}.
local fences = tonumber(ARGV[1])
for i = 1, fences do
  if (redis.call('GET', KEYS[i]) or '') ~= ARGV[2 * i] then
    return {0}
  end
end
for i = 1, fences do
  -- First, and answered with its own error: a server that takes no writes now says so here,
  -- before anything is written.
  local moved = redis.pcall('SET', KEYS[i], ARGV[2 * i + 1])
  if moved.err then
    return moved
  end
end
local answer = {1}
local position, last, command = 2 * fences + 2, #ARGV, 0
while position <= last do
  local words = tonumber(ARGV[position])
  local reply = redis.pcall(unpack(ARGV, position + 1, position + words))
  if type(reply) == 'table' and reply.err then
    answer[#answer + 1] = command
    answer[#answer + 1] = reply.err
  end
  position = position + 1 + words
  command = command + 1
end
return answer
