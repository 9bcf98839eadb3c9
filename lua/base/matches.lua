--- Whether a text matches a pattern, for options.
return function(text, pattern) return text:find(pattern) ~= nil end
