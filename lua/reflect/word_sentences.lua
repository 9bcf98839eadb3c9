--- What each word that a module reads takes, what it makes and its default, for docs/resources.md and `composex help`: by key
--- and by part, the MacroParameters (`macros`), the Settings, the further keys of a definition and of a service, and the Properties that are
--- no CloudFormation. A test holds the sentences against what the modules accept.
local by_key <const> = { engine.use("reflect/store_words"), engine.use("reflect/platform_words") }
local word_sentences <const> = {}

--- How a service gets generated credentials.
local credentials <const> = {
  SecretsMappings = "`{Mappings: {password: DB_PASSWORD}, PrefixWithDbName: true}`: variables of single values of the secret, each also with "
    .. "`VersionStage` or `VersionId`. Default: the whole secret, as `NAME` and `NAME_SECRET`.",
  GrantTaskAccess = "`true`, or `{SecretEnvName: NAME}`: the application may read the secret itself, and has its ARN in `NAME_SECRET_ARN` or that "
    .. "variable. Default: `false`, it is delivered only.",
  DoNotExposeMappings = "`true` gives the containers no secret at all. Default: `false`.",
  GenerateConnectionStringSecret = "The name of a variable that holds address, name and password as one URL, out of a secret made for it. "
    .. "Default: none; none can be made of what is looked up or rotated.",
}

--- Settings of modules that have them in common.
local settings <const> = {
  ["x-cloudmap"] = "A namespace of `x-cloudmap`, in which the resource is registered with its values and address, or `{Namespace, ReturnValues, "
    .. "AdditionalAttributes, DnsSettings: {Hostname, Port}, ForceRegister}`. Default: nowhere.",
  Subnets = "The group of subnets that it stands in: `AppSubnets`, `PublicSubnets`, `StorageSubnets`, or one that `x-vpc` names. "
    .. "Default: `StorageSubnets`.",
  SecretsMappings = "As that of a service, for all services that say none themselves.",
  Secret = "`{Username, PasswordLength, ExcludeCharacters, KmsKeyId, Rotate}` of the generated credentials. Default: `dbadmin` (`admin` of a broker) "
    .. "with 32 letters and digits, encrypted by the key of AWS, not rotated.",
}

local common <const> = { settings = settings, service = credentials }

--- The sentence for a word of that part of a key; nil when there is none.
function word_sentences.of(key, part, word)
  for _, sentences in ipairs(by_key) do
    local own <const> = sentences[key] and sentences[key][part]
    if own and own[word] then return own[word] end
  end
  return common[part] and common[part][word]
end

--- Every word of a key that has a sentence of its own, as `{ part, word }`.
function word_sentences.words(key)
  local list <const> = {}
  for _, sentences in ipairs(by_key) do
    for part, words in pairs(sentences[key] or {}) do
      for word in pairs(words) do table.insert(list, { part, word }) end
    end
  end
  return list
end

return word_sentences
