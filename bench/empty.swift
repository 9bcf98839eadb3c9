// The floor: a Swift program that does nothing, linked as composex is.
