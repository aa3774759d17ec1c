// Count Once on Azure: portal and worker in Container Apps, PostgreSQL, storage, vaults, alerts, in a network that is closed.
// Not deployed where this was written. test/server/deploying/azure.test.ts reads these files with a parser and holds them to what the
// program asks for. Before the first use: az bicep build, az deployment group what-if. docs/operations.md says how they are used.
targetScope = 'resourceGroup'

@description('What every name begins with: small letters and digits.')
@minLength(3)
@maxLength(11)
param prefix string

param location string = resourceGroup().location

@description('The image of this version, by its digest: registry.azurecr.io/count-once@sha256:…')
param image string

@description('The registry that holds the image; its identities are given AcrPull there by hand.')
param registryServer string

@description('Where people open the portal: https://count-once.example.gov.uk')
param origin string

@description('Whom mails come from.')
param mailFrom string

@description('The mail server, with its password: smtps://user:password@mail.example:465')
@secure()
param smtpUrl string

@description('The mail server’s address as the egress list has it: one address or range, and its port.')
param mailRange string
param mailPort string = '465'

@description('The group of Entra ID whose people administer the database.')
param administratorsGroupId string
param administratorsGroupName string

@description('The password of the database’s owner, for migrations alone. Made for this and kept nowhere else.')
@secure()
@minLength(32)
param ownerPassword string

@description('Whom alerts are mailed to.')
param alertEmail string

@description('For how many days nobody can change or remove an anchor of the audit trail.')
@minValue(30)
@maxValue(3650)
param anchorDays int = 400

@minValue(2)
@maxValue(10)
param portals int = 2

@minValue(1)
@maxValue(10)
param workers int = 2

module network 'network.bicep' = {
  name: 'network'
  params: { prefix: prefix, location: location, mailRange: mailRange, mailPort: mailPort }
}

module identities 'identities.bicep' = {
  name: 'identities'
  params: { prefix: prefix, location: location }
}

module watching 'watching.bicep' = {
  name: 'watching'
  params: { prefix: prefix, location: location, alertEmail: alertEmail }
}

module database 'database.bicep' = {
  name: 'database'
  params: {
    prefix: prefix
    location: location
    subnetId: network.outputs.databaseSubnetId
    zoneId: network.outputs.databaseZoneId
    administratorsGroupId: administratorsGroupId
    administratorsGroupName: administratorsGroupName
    ownerPassword: ownerPassword
    workspaceId: watching.outputs.workspaceId
    actionGroupId: watching.outputs.actionGroupId
  }
}

module storage 'storage.bicep' = {
  name: 'storage'
  params: {
    prefix: prefix
    location: location
    subnetId: network.outputs.endpointSubnetId
    zoneId: network.outputs.blobZoneId
    anchorDays: anchorDays
    portalPrincipalId: identities.outputs.portalPrincipalId
    workerPrincipalId: identities.outputs.workerPrincipalId
  }
}

module vaults 'vaults.bicep' = {
  name: 'vaults'
  params: {
    prefix: prefix
    location: location
    subnetId: network.outputs.endpointSubnetId
    zoneId: network.outputs.vaultZoneId
    portalPrincipalId: identities.outputs.portalPrincipalId
    workerPrincipalId: identities.outputs.workerPrincipalId
    workspaceId: watching.outputs.workspaceId
  }
}

module apps 'apps.bicep' = {
  name: 'apps'
  params: {
    prefix: prefix
    location: location
    image: image
    registryServer: registryServer
    subnetId: network.outputs.appsSubnetId
    workspaceName: watching.outputs.workspaceName
    actionGroupId: watching.outputs.actionGroupId
    portalIdentityId: identities.outputs.portalIdentityId
    portalClientId: identities.outputs.portalClientId
    workerIdentityId: identities.outputs.workerIdentityId
    workerClientId: identities.outputs.workerClientId
    databaseHost: database.outputs.host
    ownerName: database.outputs.ownerName
    ownerPassword: ownerPassword
    blobAddress: storage.outputs.blobAddress
    anchorAddress: storage.outputs.anchorAddress
    anchorDays: anchorDays
    workersVault: vaults.outputs.workersVault
    portalVault: vaults.outputs.portalVault
    origin: origin
    smtpUrl: smtpUrl
    mailFrom: mailFrom
    portals: portals
    workers: workers
  }
}

output portalAddress string = apps.outputs.portalAddress
