// Two vaults: the workers' keys and the portal's. The portal cannot open the first. Purge protection is off and soft delete shortest,
// since erasing a key must make what it sealed unreadable at once (lib/server/platform/secrets/vault-secrets.ts).
param prefix string
param location string
param subnetId string
param zoneId string
param portalPrincipalId string
param workerPrincipalId string
param workspaceId string

// Reads, writes, deletes and purges secrets, and gives nobody rights. Key Vault Secrets Officer.
var secretsOfficer = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
)

resource workers 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${prefix}-workers'
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: 'disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }
}

resource portal 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: '${prefix}-portal'
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: 'disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }
}

resource workerOpensItsOwn 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(workers.id, workerPrincipalId, secretsOfficer)
  scope: workers
  properties: { principalId: workerPrincipalId, principalType: 'ServicePrincipal', roleDefinitionId: secretsOfficer }
}

resource workerOpensPortals 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(portal.id, workerPrincipalId, secretsOfficer)
  scope: portal
  properties: { principalId: workerPrincipalId, principalType: 'ServicePrincipal', roleDefinitionId: secretsOfficer }
}

resource portalOpensItsOwn 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(portal.id, portalPrincipalId, secretsOfficer)
  scope: portal
  properties: { principalId: portalPrincipalId, principalType: 'ServicePrincipal', roleDefinitionId: secretsOfficer }
}

resource workersEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${prefix}-vault-workers'
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'vault', properties: { privateLinkServiceId: workers.id, groupIds: ['vault'] } }
    ]
  }
}

resource workersNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: workersEndpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'vault', properties: { privateDnsZoneId: zoneId } }] }
}

resource portalEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${prefix}-vault-portal'
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'vault', properties: { privateLinkServiceId: portal.id, groupIds: ['vault'] } }
    ]
  }
}

resource portalNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: portalEndpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'vault', properties: { privateDnsZoneId: zoneId } }] }
}

// Who read which secret, by name: never what it holds.
resource workersLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: workers
  properties: { workspaceId: workspaceId, logs: [{ category: 'AuditEvent', enabled: true }] }
}

resource portalLogs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'logs'
  scope: portal
  properties: { workspaceId: workspaceId, logs: [{ category: 'AuditEvent', enabled: true }] }
}

output workersVault string = workers.properties.vaultUri
output portalVault string = portal.properties.vaultUri
