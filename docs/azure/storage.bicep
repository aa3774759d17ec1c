// Held files in one account, anchors of the audit trail in another, so that who may erase the first cannot touch the second.
param prefix string
param location string
param subnetId string
param zoneId string
param anchorDays int
param portalPrincipalId string
param workerPrincipalId string

// Storage Blob Data Contributor
var blobContributor = subscriptionResourceId(
  'Microsoft.Authorization/roleDefinitions',
  'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
)

resource held 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${prefix}held'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
  }
}

// What is erased must be gone: nothing is kept of it for a while.
resource heldBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: held
  name: 'default'
  properties: {
    deleteRetentionPolicy: { enabled: false }
    containerDeleteRetentionPolicy: { enabled: false }
    isVersioningEnabled: false
  }
}

resource uploads 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: heldBlobs
  name: 'uploads'
  properties: { publicAccess: 'None' }
}

// The program erases a file within a day; this is the net under it.
resource heldLifecycle 'Microsoft.Storage/storageAccounts/managementPolicies@2023-05-01' = {
  parent: held
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          enabled: true
          name: 'no-file-outlives-two-days'
          type: 'Lifecycle'
          definition: {
            filters: { blobTypes: ['blockBlob'], prefixMatch: ['uploads/'] }
            actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: 2 } } }
          }
        }
      ]
    }
  }
}

resource anchored 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${prefix}anchors'
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_GZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    publicNetworkAccess: 'Disabled'
    networkAcls: { defaultAction: 'Deny', bypass: 'None' }
    immutableStorageWithVersioning: {
      enabled: true
      immutabilityPolicy: { immutabilityPeriodSinceCreationInDays: anchorDays, state: 'Unlocked', allowProtectedAppendWrites: false }
    }
  }
}

resource anchorBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: anchored
  name: 'default'
  properties: { isVersioningEnabled: true }
}

resource anchors 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: anchorBlobs
  name: 'audit-anchors'
  properties: { publicAccess: 'None', immutableStorageWithVersioning: { enabled: true } }
}

resource heldEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${prefix}-held'
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: held.id, groupIds: ['blob'] } }
    ]
  }
}

resource heldNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: heldEndpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'blob', properties: { privateDnsZoneId: zoneId } }] }
}

resource anchorEndpoint 'Microsoft.Network/privateEndpoints@2024-05-01' = {
  name: '${prefix}-anchors'
  location: location
  properties: {
    subnet: { id: subnetId }
    privateLinkServiceConnections: [
      { name: 'blob', properties: { privateLinkServiceId: anchored.id, groupIds: ['blob'] } }
    ]
  }
}

resource anchorNames 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups@2024-05-01' = {
  parent: anchorEndpoint
  name: 'default'
  properties: { privateDnsZoneConfigs: [{ name: 'blob', properties: { privateDnsZoneId: zoneId } }] }
}

resource portalHolds 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(held.id, portalPrincipalId, blobContributor)
  scope: held
  properties: { principalId: portalPrincipalId, principalType: 'ServicePrincipal', roleDefinitionId: blobContributor }
}

resource workerHolds 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(held.id, workerPrincipalId, blobContributor)
  scope: held
  properties: { principalId: workerPrincipalId, principalType: 'ServicePrincipal', roleDefinitionId: blobContributor }
}

resource workerAnchors 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(anchored.id, workerPrincipalId, blobContributor)
  scope: anchored
  properties: { principalId: workerPrincipalId, principalType: 'ServicePrincipal', roleDefinitionId: blobContributor }
}

resource portalReadsAnchors 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(anchored.id, portalPrincipalId, 'reader')
  scope: anchored
  properties: {
    principalId: portalPrincipalId
    principalType: 'ServicePrincipal'
    // Storage Blob Data Reader
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
    )
  }
}

output blobAddress string = held.properties.primaryEndpoints.blob
output anchorAddress string = anchored.properties.primaryEndpoints.blob
