--- Leave to break a rule, until a day. An exemption that has run out, or that nothing uses, is an error.
return {}
