--- Compose files that show what keys are for: keys, files and tables.
return {
  ["x-kms"] = [[
services:
  api:
    image: registry.example.com/shop/api:1.4
  worker:
    image: registry.example.com/shop/worker:1.4

x-kms:
  data:
    Properties: { Description: Encrypts what customers upload }
    MacroParameters: { Alias: uploads }     # alias/STACK/uploads
    Services:
      api: { Access: EncryptDecrypt, ReturnValues: { Arn: UPLOADS_KEY_ARN } }

x-sqs:
  uploads:
    Properties: { KmsMasterKeyId: x-kms::data }   # who uses the queue may use the key for it
    Services:
      api: { Access: Publish }
      worker: { Access: Consume }
]],

  ["x-s3"] = [[
services:
  api:
    image: registry.example.com/shop/api:1.4
  thumbnails:
    image: registry.example.com/shop/thumbnails:1.4

x-s3:
  photos:
    Properties:
      BucketName: acme-photos
      LifecycleConfiguration:
        Rules: [{ Id: old-versions, Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }]
      NotificationConfiguration:
        QueueConfigurations: [{ Event: "s3:ObjectCreated:*", Queue: x-sqs::uploaded }]
    MacroParameters: { ExpandAccountIdToBucket: true }   # acme-photos-ACCOUNT
    Services:
      api: { Access: RW, ReturnValues: { BucketName: PHOTOS_BUCKET } }
      thumbnails: { Access: { bucket: ListOnly, objects: StrictRW } }

x-sqs:
  uploaded:
    Services: { thumbnails: { Access: Consume } }
]],

  ["x-dynamodb"] = [[
services:
  cart:
    image: registry.example.com/shop/cart:1.4
  reports:
    image: registry.example.com/shop/reports:1.4

x-dynamodb:
  carts:
    Properties:
      AttributeDefinitions:
        - { AttributeName: customer, AttributeType: S }
        - { AttributeName: item, AttributeType: S }
      KeySchema:
        - { AttributeName: customer, KeyType: HASH }
        - { AttributeName: item, KeyType: RANGE }
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
    Services:
      cart: { Access: RW, ReturnValues: { TableName: CARTS_TABLE } }
      reports: { Access: RO }
]],

  ["x-efs"] = [[
services:
  cms:
    image: registry.example.com/site/cms:6.2
    user: "1000:1000"
    volumes: ["media:/var/media"]
  web:
    image: registry.example.com/site/web:6.2
    user: "1000:1000"
    volumes: ["media:/var/media:ro"]

volumes:
  media: { x-efs: { FileSystemId: x-efs::media } }   # mounted with the role of each service

x-efs:
  media:
    Properties: { ThroughputMode: elastic, KmsKeyId: x-kms::data }
    Settings: { Subnets: AppSubnets }                # where the mount targets stand

x-kms:
  data: {}
]],

  ["x-ssm_parameter"] = [[
services:
  web:
    image: registry.example.com/shop/web:1.4

x-ssm_parameter:
  features:
    Properties:
      Name: /shop/features
      Value: '{"search": true, "wishlist": false}'
    Services:
      web:
        Access: RO                             # the application reads it again while it runs
        SecretEnvName: FEATURES                # and has the value of its start in FEATURES
        ReturnValues: { ParameterName: FEATURES_PARAMETER }
  currency:
    Lookup: { Arn: "arn:aws:ssm:eu-west-1:123456789012:parameter/company/currency" }
    Services:
      web: { Access: ROStrict }
]],

  ["x-cognito_userpool"] = [[
services:
  accounts:
    image: registry.example.com/shop/accounts:1.4

x-cognito_userpool:
  customers:
    Properties:
      UsernameAttributes: [email]
      AutoVerifiedAttributes: [email]
      Policies: { PasswordPolicy: { MinimumLength: 12 } }
    MacroParameters:
      Domain: acme-customers                   # acme-customers.auth.REGION.amazoncognito.com
      Clients:
        web:
          GenerateSecret: true
          AllowedOAuthFlowsUserPoolClient: true
          AllowedOAuthFlows: [code]
          AllowedOAuthScopes: [openid, email]
          CallbackURLs: ["https://shop.example.com/oauth2/idpresponse"]
          SupportedIdentityProviders: [COGNITO]
    Services:
      accounts: { Access: RW, ReturnValues: { UserPoolId: POOL_ID, UserPoolDomain: POOL_DOMAIN } }
]],

  ["x-resources"] = [[
services:
  api:
    image: registry.example.com/shop/api:1.4

x-resources:
  invoice:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.13
      Handler: index.handler
      Role: x-resources::invoices::Arn
      Code: { ZipFile: "def handler(order, context): return {'order': order, 'paid': False}" }
    Services:
      api:
        Access: { Actions: [lambda:InvokeFunction], Resources: ["${Arn}"] }
        ReturnValues: { Ref: INVOICE_FUNCTION }      # Ref, Arn and every attribute of the type
  invoices:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement: [{ Effect: Allow, Action: sts:AssumeRole, Principal: { Service: lambda.amazonaws.com } }]
      ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"]
]],
}
