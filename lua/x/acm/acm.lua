--- x-acm: certificates for the names of load balancers, validated by records in a zone of x-route53.
local certificates <const> = engine.use("x/acm/certificates")
local shape <const> = engine.use("base/shape")

local function arn(certificate) return certificate.certificate and certificate.certificate.arn end

local function existing_arn(_, certificate) return arn(certificate) end

return {
  key     = "x-acm",
  type    = "AWS::CertificateManager::Certificate",
  noun    = "Certificate",
  returns = { Arn = arn, AcmCertificateArn = arn },
  lookup  = {
    arn = "arn:{partition}:acm:{region}:{account}:certificate/{name}",
    returns = { Arn = existing_arn, AcmCertificateArn = existing_arn },
  },
  accepts = {
    definition = { Services = shape.unused("load balancers use certificates, services do not") },
    macros     = {
      DomainNames = shape.either(shape.text, shape.list(shape.any, "www.example.com")), HostedZoneId = shape.value, KeyAlgorithm = shape.text,
    },
  },
  hooks   = { make = certificates.make },
}
