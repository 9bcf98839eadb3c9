--- Adds a resource of a family: `noun` is what it is, in its logical id; every service of the family finds it as its `part`. It stands
--- in the stack of the family, at `place` or at the service that stands for the family.
---
--- `composex explain` names the line of the caller. Where a step does nothing but return what it adds, parentheses keep that line:
--- `return (add(...))`, as a tail call leaves no line behind.
return function(family, part, type, noun, properties, place)
  return engine.add {
    type = type, noun = noun, family = family.name, key = "services", name = family.main.name, others = family.names,
    part = part, at = place or family.main, properties = properties, up = 1,
  }
end
