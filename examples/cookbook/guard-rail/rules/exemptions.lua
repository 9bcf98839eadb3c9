--- Leave to break a rule, until a day. One that has run out is an error.
return {
  {
    check   = "must run at least two tasks",
    scope   = "services::worker",
    owner   = "orders@acme.example",
    reason  = "the worker takes a lock, and two of them would wait for each other (ACME-1234)",
    expires = "2099-12-31",
  },
}
