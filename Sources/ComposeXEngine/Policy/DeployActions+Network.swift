extension DeployActions {
  /// Network: addresses, load balancers, names, certificates.
  static let network = """
    AWS::EC2::VPC ec2
      create CreateVpc DescribeVpcs CreateTags ModifyVpcAttribute DescribeVpcAttribute
      update ModifyVpcAttribute ModifyVpcTenancy DescribeVpcs CreateTags DeleteTags
      delete DeleteVpc DescribeVpcs
    AWS::EC2::VPCCidrBlock ec2
      create AssociateVpcCidrBlock DescribeVpcs
      update AssociateVpcCidrBlock DisassociateVpcCidrBlock DescribeVpcs
      delete DisassociateVpcCidrBlock DescribeVpcs
    AWS::EC2::Subnet ec2
      create CreateSubnet DescribeSubnets CreateTags ModifySubnetAttribute
      update ModifySubnetAttribute DescribeSubnets CreateTags DeleteTags AssociateSubnetCidrBlock
          DisassociateSubnetCidrBlock
      delete DeleteSubnet DescribeSubnets
    AWS::EC2::RouteTable ec2
      create CreateRouteTable DescribeRouteTables CreateTags
      update DescribeRouteTables CreateTags DeleteTags
      delete DeleteRouteTable DescribeRouteTables
    AWS::EC2::Route ec2
      create CreateRoute DescribeRouteTables
      update ReplaceRoute DescribeRouteTables
      delete DeleteRoute DescribeRouteTables
    AWS::EC2::SubnetRouteTableAssociation ec2
      create AssociateRouteTable DescribeRouteTables
      update ReplaceRouteTableAssociation DescribeRouteTables
      delete DisassociateRouteTable DescribeRouteTables
    AWS::EC2::InternetGateway ec2
      create CreateInternetGateway DescribeInternetGateways CreateTags
      update DescribeInternetGateways CreateTags DeleteTags
      delete DeleteInternetGateway DescribeInternetGateways
    AWS::EC2::EgressOnlyInternetGateway ec2
      create CreateEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways CreateTags
      update DescribeEgressOnlyInternetGateways CreateTags DeleteTags
      delete DeleteEgressOnlyInternetGateway DescribeEgressOnlyInternetGateways
    AWS::EC2::VPCGatewayAttachment ec2
      create AttachInternetGateway AttachVpnGateway DescribeInternetGateways DescribeVpnGateways
      update AttachInternetGateway DetachInternetGateway DescribeInternetGateways
      delete DetachInternetGateway DetachVpnGateway DescribeInternetGateways DescribeVpnGateways
    AWS::EC2::EIP ec2
      create AllocateAddress DescribeAddresses CreateTags AssociateAddress
      update DescribeAddresses CreateTags DeleteTags AssociateAddress DisassociateAddress
      delete ReleaseAddress DescribeAddresses DisassociateAddress
    AWS::EC2::NatGateway ec2
      create CreateNatGateway DescribeNatGateways CreateTags
      update DescribeNatGateways CreateTags DeleteTags
      delete DeleteNatGateway DescribeNatGateways
    AWS::EC2::SecurityGroup ec2
      create CreateSecurityGroup DescribeSecurityGroups CreateTags AuthorizeSecurityGroupIngress
          AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress
      update DescribeSecurityGroups CreateTags DeleteTags AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress
          RevokeSecurityGroupIngress RevokeSecurityGroupEgress
      delete DeleteSecurityGroup DescribeSecurityGroups
    AWS::EC2::SecurityGroupIngress ec2
      create AuthorizeSecurityGroupIngress DescribeSecurityGroupRules DescribeSecurityGroups
      update UpdateSecurityGroupRuleDescriptionsIngress DescribeSecurityGroupRules DescribeSecurityGroups
      delete RevokeSecurityGroupIngress DescribeSecurityGroupRules DescribeSecurityGroups
    AWS::EC2::SecurityGroupEgress ec2
      create AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress DescribeSecurityGroupRules DescribeSecurityGroups
      update UpdateSecurityGroupRuleDescriptionsEgress DescribeSecurityGroupRules DescribeSecurityGroups
      delete RevokeSecurityGroupEgress DescribeSecurityGroupRules DescribeSecurityGroups
    AWS::EC2::VPCEndpoint ec2
      create CreateVpcEndpoint DescribeVpcEndpoints CreateTags
      update ModifyVpcEndpoint DescribeVpcEndpoints CreateTags DeleteTags
      delete DeleteVpcEndpoints DescribeVpcEndpoints
    AWS::EC2::FlowLog ec2
      create CreateFlowLogs DescribeFlowLogs CreateTags iam:PassRole logs:CreateLogDelivery
      update DescribeFlowLogs CreateTags DeleteTags
      delete DeleteFlowLogs DescribeFlowLogs logs:DeleteLogDelivery
    AWS::EC2::DHCPOptions ec2
      create CreateDhcpOptions DescribeDhcpOptions CreateTags
      update DescribeDhcpOptions CreateTags DeleteTags
      delete DeleteDhcpOptions DescribeDhcpOptions
    AWS::EC2::VPCDHCPOptionsAssociation ec2
      create AssociateDhcpOptions DescribeVpcs
      update AssociateDhcpOptions DescribeVpcs
      delete AssociateDhcpOptions DescribeVpcs
    AWS::ElasticLoadBalancingV2::LoadBalancer elasticloadbalancing
      create CreateLoadBalancer DescribeLoadBalancers AddTags ModifyLoadBalancerAttributes
          DescribeLoadBalancerAttributes ec2:DescribeSubnets iam:CreateServiceLinkedRole
      update SetSubnets SetSecurityGroups SetIpAddressType DescribeLoadBalancers AddTags RemoveTags
          ModifyLoadBalancerAttributes DescribeLoadBalancerAttributes
      delete DeleteLoadBalancer DescribeLoadBalancers
    AWS::ElasticLoadBalancingV2::TargetGroup elasticloadbalancing
      create CreateTargetGroup DescribeTargetGroups AddTags ModifyTargetGroupAttributes DescribeTargetGroupAttributes
          RegisterTargets DescribeTargetHealth
      update ModifyTargetGroup DescribeTargetGroups AddTags RemoveTags ModifyTargetGroupAttributes RegisterTargets
          DeregisterTargets DescribeTargetHealth
      delete DeleteTargetGroup DescribeTargetGroups
    AWS::ElasticLoadBalancingV2::Listener elasticloadbalancing
      create CreateListener DescribeListeners AddTags
      update ModifyListener DescribeListeners AddTags RemoveTags
      delete DeleteListener DescribeListeners
    AWS::ElasticLoadBalancingV2::ListenerRule elasticloadbalancing
      create CreateRule DescribeRules AddTags
      update ModifyRule SetRulePriorities DescribeRules AddTags RemoveTags
      delete DeleteRule DescribeRules
    AWS::ElasticLoadBalancingV2::ListenerCertificate elasticloadbalancing
      create AddListenerCertificates DescribeListenerCertificates
      update AddListenerCertificates RemoveListenerCertificates DescribeListenerCertificates
      delete RemoveListenerCertificates DescribeListenerCertificates
    AWS::ElasticLoadBalancingV2::TrustStore elasticloadbalancing
      create CreateTrustStore DescribeTrustStores AddTags s3:GetObject s3:GetObjectVersion
      update ModifyTrustStore DescribeTrustStores AddTags RemoveTags s3:GetObject s3:GetObjectVersion
      delete DeleteTrustStore DescribeTrustStores
    AWS::CertificateManager::Certificate acm
      create RequestCertificate DescribeCertificate AddTagsToCertificate route53:ChangeResourceRecordSets
          route53:GetChange
      update UpdateCertificateOptions DescribeCertificate AddTagsToCertificate RemoveTagsFromCertificate
      delete DeleteCertificate DescribeCertificate
    AWS::Route53::RecordSet route53
      create ChangeResourceRecordSets ListResourceRecordSets GetChange GetHostedZone ListHostedZones
      update ChangeResourceRecordSets ListResourceRecordSets GetChange GetHostedZone
      delete ChangeResourceRecordSets ListResourceRecordSets GetChange GetHostedZone
    AWS::Route53::HostedZone route53
      create CreateHostedZone GetHostedZone GetChange ChangeTagsForResource ec2:DescribeVpcs
      update UpdateHostedZoneComment GetHostedZone ChangeTagsForResource AssociateVPCWithHostedZone
          DisassociateVPCFromHostedZone ec2:DescribeVpcs
      delete DeleteHostedZone GetHostedZone GetChange
    AWS::ServiceDiscovery::HttpNamespace servicediscovery
      create CreateHttpNamespace GetOperation GetNamespace TagResource
      update UpdateHttpNamespace GetOperation GetNamespace TagResource UntagResource
      delete DeleteNamespace GetOperation GetNamespace
    AWS::ServiceDiscovery::PrivateDnsNamespace servicediscovery
      create CreatePrivateDnsNamespace GetOperation GetNamespace TagResource route53:CreateHostedZone
          route53:GetHostedZone ec2:DescribeVpcs
      update UpdatePrivateDnsNamespace GetOperation GetNamespace TagResource UntagResource
          route53:ChangeResourceRecordSets
      delete DeleteNamespace GetOperation GetNamespace route53:DeleteHostedZone
    AWS::ServiceDiscovery::PublicDnsNamespace servicediscovery
      create CreatePublicDnsNamespace GetOperation GetNamespace TagResource route53:CreateHostedZone
          route53:GetHostedZone
      update UpdatePublicDnsNamespace GetOperation GetNamespace TagResource UntagResource
          route53:ChangeResourceRecordSets
      delete DeleteNamespace GetOperation GetNamespace route53:DeleteHostedZone
    AWS::ServiceDiscovery::Service servicediscovery
      create CreateService GetService TagResource
      update UpdateService GetService GetOperation TagResource UntagResource
      delete DeleteService GetService
    AWS::ServiceDiscovery::Instance servicediscovery
      create RegisterInstance GetInstance GetOperation route53:ChangeResourceRecordSets
      update RegisterInstance GetInstance GetOperation route53:ChangeResourceRecordSets
      delete DeregisterInstance GetInstance GetOperation route53:ChangeResourceRecordSets
    AWS::WAFv2::WebACL wafv2
      create CreateWebACL GetWebACL TagResource
      update UpdateWebACL GetWebACL TagResource UntagResource
      delete DeleteWebACL GetWebACL
    AWS::WAFv2::WebACLAssociation wafv2
      create AssociateWebACL GetWebACLForResource GetWebACL elasticloadbalancing:SetWebAcl
      update AssociateWebACL DisassociateWebACL GetWebACLForResource GetWebACL elasticloadbalancing:SetWebAcl
      delete DisassociateWebACL GetWebACLForResource elasticloadbalancing:SetWebAcl
    AWS::WAFv2::RuleGroup wafv2
      create CreateRuleGroup GetRuleGroup TagResource
      update UpdateRuleGroup GetRuleGroup TagResource UntagResource
      delete DeleteRuleGroup GetRuleGroup
    AWS::WAFv2::IPSet wafv2
      create CreateIPSet GetIPSet TagResource
      update UpdateIPSet GetIPSet TagResource UntagResource
      delete DeleteIPSet GetIPSet
    AWS::WAFv2::LoggingConfiguration wafv2
      create PutLoggingConfiguration GetLoggingConfiguration iam:CreateServiceLinkedRole logs:CreateLogDelivery
          logs:DescribeLogGroups logs:PutResourcePolicy
      update PutLoggingConfiguration GetLoggingConfiguration logs:CreateLogDelivery logs:DescribeLogGroups
          logs:PutResourcePolicy
      delete DeleteLoggingConfiguration GetLoggingConfiguration logs:DeleteLogDelivery
    AWS::Shield::Protection shield
      create CreateProtection DescribeProtection TagResource
      update DescribeProtection TagResource UntagResource
      delete DeleteProtection DescribeProtection
    """
}
