// PostgreSQL that only the network reaches. People sign in to it with Entra ID; the program's logins have passwords of 32 random bytes
// that it makes itself and keeps in the vaults, so passwords stay on.
param prefix string
param location string
param subnetId string
param zoneId string
param administratorsGroupId string
param administratorsGroupName string
@secure()
param ownerPassword string
param workspaceId string
param actionGroupId string

var ownerName = 'countonce_owner'

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${prefix}-database'
  location: location
  sku: { name: 'Standard_D4ds_v5', tier: 'GeneralPurpose' }
  properties: {
    version: '17'
    administratorLogin: ownerName
    administratorLoginPassword: ownerPassword
    authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Enabled', tenantId: subscription().tenantId }
    storage: { storageSizeGB: 128, autoGrow: 'Enabled' }
    backup: { backupRetentionDays: 14, geoRedundantBackup: 'Enabled' }
    highAvailability: { mode: 'ZoneRedundant' }
    network: { delegatedSubnetResourceId: subnetId, privateDnsZoneArmResourceId: zoneId, publicNetworkAccess: 'Disabled' }
  }
}

resource administrators 'Microsoft.DBforPostgreSQL/flexibleServers/administrators@2024-08-01' = {
  parent: server
  name: administratorsGroupId
  properties: { principalType: 'Group', principalName: administratorsGroupName, tenantId: subscription().tenantId }
}

resource countonce 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = {
  parent: server
  name: 'countonce'
  properties: { charset: 'UTF8', collation: 'C.UTF-8' }
  dependsOn: [administrators]
}

resource encryption 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2024-08-01' = {
  parent: server
  name: 'require_secure_transport'
  properties: { value: 'on', source: 'user-override' }
  dependsOn: [countonce]
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: server
  properties: { workspaceId: workspaceId, logs: [{ category: 'PostgreSQLLogs', enabled: true }] }
}

resource full 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${prefix}-database-is-filling'
  location: 'global'
  properties: {
    severity: 2
    enabled: true
    scopes: [server.id]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT1H'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'storage'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'storage_percent'
          operator: 'GreaterThan'
          threshold: 80
          timeAggregation: 'Average'
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}

output host string = server.properties.fullyQualifiedDomainName
output ownerName string = ownerName
