// A network that nothing enters but through the portal's door, and that leaves for what is listed here alone.
param prefix string
param location string
param mailRange string
param mailPort string

// The egress list: what portal and worker may reach. All else is refused.
var egress = [
  { name: 'own-network', to: 'VirtualNetwork', ports: ['443', '5432'] }
  { name: 'entra', to: 'AzureActiveDirectory', ports: ['443'] }
  { name: 'monitor', to: 'AzureMonitor', ports: ['443'] }
  { name: 'registry', to: 'AzureContainerRegistry', ports: ['443'] }
  { name: 'platform-registry', to: 'MicrosoftContainerRegistry', ports: ['443'] }
  { name: 'platform-door', to: 'AzureFrontDoor.FirstParty', ports: ['443'] }
  { name: 'names', to: '168.63.129.16', ports: ['53'] }
  { name: 'mail', to: mailRange, ports: [mailPort] }
]

resource appsRules 'Microsoft.Network/networkSecurityGroups@2024-05-01' = {
  name: '${prefix}-apps'
  location: location
  properties: {
    securityRules: concat(
      map(range(0, length(egress)), i => {
        name: 'to-${egress[i].name}'
        properties: {
          priority: 100 + i * 10
          direction: 'Outbound'
          access: 'Allow'
          protocol: '*'
          sourceAddressPrefix: 'VirtualNetwork'
          sourcePortRange: '*'
          destinationAddressPrefix: egress[i].to
          destinationPortRanges: egress[i].ports
        }
      }),
      [
        {
          name: 'within-the-environment'
          properties: {
            priority: 300
            direction: 'Outbound'
            access: 'Allow'
            protocol: '*'
            sourceAddressPrefix: '10.20.0.0/23'
            sourcePortRange: '*'
            destinationAddressPrefix: '10.20.0.0/23'
            destinationPortRange: '*'
          }
        }
        {
          name: 'to-nowhere-else'
          properties: {
            priority: 4096
            direction: 'Outbound'
            access: 'Deny'
            protocol: '*'
            sourceAddressPrefix: '*'
            sourcePortRange: '*'
            destinationAddressPrefix: '*'
            destinationPortRange: '*'
          }
        }
      ]
    )
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: '${prefix}-network'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.20.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.20.0.0/23'
          networkSecurityGroup: { id: appsRules.id }
          delegations: [
            { name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }
          ]
        }
      }
      {
        name: 'database'
        properties: {
          addressPrefix: '10.20.2.0/24'
          delegations: [
            { name: 'database', properties: { serviceName: 'Microsoft.DBforPostgreSQL/flexibleServers' } }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: '10.20.3.0/24' }
      }
    ]
  }
}

resource databaseZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: '${prefix}.private.postgres.database.azure.com'
  location: 'global'
}

resource blobZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.blob.${environment().suffixes.storage}'
  location: 'global'
}

resource vaultZone 'Microsoft.Network/privateDnsZones@2020-06-01' = {
  name: 'privatelink.vaultcore.azure.net'
  location: 'global'
}

resource databaseLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: databaseZone
  name: 'network'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}

resource blobLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: blobZone
  name: 'network'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}

resource vaultLink 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2020-06-01' = {
  parent: vaultZone
  name: 'network'
  location: 'global'
  properties: { registrationEnabled: false, virtualNetwork: { id: network.id } }
}

output appsSubnetId string = '${network.id}/subnets/apps'
output databaseSubnetId string = '${network.id}/subnets/database'
output endpointSubnetId string = '${network.id}/subnets/endpoints'
output databaseZoneId string = databaseZone.id
output blobZoneId string = blobZone.id
output vaultZoneId string = vaultZone.id
