// Who portal and worker are in Azure: no secret signs either in.
param prefix string
param location string

resource portal 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-portal'
  location: location
}

resource worker 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${prefix}-worker'
  location: location
}

output portalIdentityId string = portal.id
output portalClientId string = portal.properties.clientId
output portalPrincipalId string = portal.properties.principalId
output workerIdentityId string = worker.id
output workerClientId string = worker.properties.clientId
output workerPrincipalId string = worker.properties.principalId
