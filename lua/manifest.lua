--- What there is: the resource modules by their key, in the order in which they are generated.
return {
  { key = "x-sqs", file = "resources/sqs" },
}
