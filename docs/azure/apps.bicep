// Portal and worker as Container Apps, and the job that brings the database up to date before either is rolled out.
param prefix string
param location string
param image string
param registryServer string
param subnetId string
param workspaceName string
param actionGroupId string
param portalIdentityId string
param portalClientId string
param workerIdentityId string
param workerClientId string
param databaseHost string
param ownerName string
@secure()
param ownerPassword string
param blobAddress string
param anchorAddress string
param anchorDays int
param workersVault string
param portalVault string
param origin string
@secure()
param smtpUrl string
param mailFrom string
param portals int
param workers int

var ownerUrl = 'postgresql://${ownerName}:${uriComponent(ownerPassword)}@${databaseHost}:5432/countonce?sslmode=verify-full'

var settings = [
  { name: 'DATABASE_URL', secretRef: 'database-url' }
  { name: 'SMTP_URL', secretRef: 'smtp-url' }
  { name: 'BLOB_STORAGE', value: blobAddress }
  { name: 'ANCHOR_STORAGE', value: anchorAddress }
  { name: 'ANCHOR_DAYS', value: string(anchorDays) }
  { name: 'KEYS', value: workersVault }
  { name: 'PORTAL_KEYS', value: portalVault }
  { name: 'COUNTONCE_DATA', value: '/data' }
  { name: 'COUNTONCE_LOG', value: 'console' }
  { name: 'COUNTONCE_ORIGIN', value: origin }
  { name: 'COUNTONCE_TRUSTED_PROXY', value: '1' }
  { name: 'MAIL_FROM', value: mailFrom }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = {
  name: workspaceName
}

resource place 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${prefix}-apps'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: workspace.properties.customerId
        sharedKey: workspace.listKeys().primarySharedKey
      }
    }
    vnetConfiguration: { infrastructureSubnetId: subnetId, internal: false }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    zoneRedundant: true
  }
}

// Run by hand before a new version is rolled out: migrations expand, then contract.
resource migrate 'Microsoft.App/jobs@2024-03-01' = {
  name: '${prefix}-migrate'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${workerIdentityId}': {} } }
  properties: {
    environmentId: place.id
    workloadProfileName: 'Consumption'
    configuration: {
      triggerType: 'Manual'
      replicaTimeout: 1800
      replicaRetryLimit: 0
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      secrets: [{ name: 'database-url', value: ownerUrl }, { name: 'smtp-url', value: smtpUrl }]
      registries: [{ server: registryServer, identity: workerIdentityId }]
    }
    template: {
      containers: [
        {
          name: 'migrate'
          image: image
          args: ['bin/countonce.ts', 'migrate']
          env: concat(settings, [{ name: 'AZURE_CLIENT_ID', value: workerClientId }])
          resources: { cpu: json('1.0'), memory: '2Gi' }
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ]
      volumes: [{ name: 'data', storageType: 'EmptyDir' }]
    }
  }
}

resource portal 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${prefix}-portal'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${portalIdentityId}': {} } }
  properties: {
    environmentId: place.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      // While a version is rolled out, a page and its scripts come from the same portal.
      ingress: {
        external: true
        targetPort: 3000
        transport: 'http'
        allowInsecure: false
        stickySessions: { affinity: 'sticky' }
      }
      secrets: [{ name: 'database-url', value: ownerUrl }, { name: 'smtp-url', value: smtpUrl }]
      registries: [{ server: registryServer, identity: portalIdentityId }]
    }
    template: {
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'portal'
          image: image
          args: ['bin/portal.ts']
          env: concat(settings, [
            { name: 'AZURE_CLIENT_ID', value: portalClientId }
            { name: 'PORT', value: '3000' }
            { name: 'PORTAL_NOTICE', value: '10' }
          ])
          resources: { cpu: json('1.0'), memory: '2Gi' }
          probes: [
            { type: 'Liveness', httpGet: { path: '/health/live', port: 3000 }, periodSeconds: 10, failureThreshold: 3 }
            { type: 'Readiness', httpGet: { path: '/health/ready', port: 3000 }, periodSeconds: 5, failureThreshold: 2 }
          ]
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ]
      scale: { minReplicas: portals, maxReplicas: portals }
      volumes: [{ name: 'data', storageType: 'EmptyDir' }]
    }
  }
}

resource worker 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${prefix}-worker'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${workerIdentityId}': {} } }
  properties: {
    environmentId: place.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      secrets: [{ name: 'database-url', value: ownerUrl }, { name: 'smtp-url', value: smtpUrl }]
      registries: [{ server: registryServer, identity: workerIdentityId }]
    }
    template: {
      terminationGracePeriodSeconds: 60
      containers: [
        {
          name: 'worker'
          image: image
          args: ['lib/server/jobs/worker/worker.ts', '--patience', '45']
          env: concat(settings, [
            { name: 'AZURE_CLIENT_ID', value: workerClientId }
            { name: 'WORKER_METRICS', value: '0.0.0.0:9465' }
          ])
          resources: { cpu: json('2.0'), memory: '4Gi' }
          probes: [
            { type: 'Liveness', httpGet: { path: '/health/live', port: 9465 }, periodSeconds: 10, failureThreshold: 6 }
            { type: 'Readiness', httpGet: { path: '/health/ready', port: 9465 }, periodSeconds: 10, failureThreshold: 3 }
          ]
          volumeMounts: [{ volumeName: 'data', mountPath: '/data' }]
        }
      ]
      scale: { minReplicas: workers, maxReplicas: workers }
      volumes: [{ name: 'data', storageType: 'EmptyDir' }]
    }
  }
}

resource failing 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${prefix}-portal-fails'
  location: 'global'
  properties: {
    severity: 1
    enabled: true
    scopes: [portal.id]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'answers-of-5xx'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'Requests'
          dimensions: [{ name: 'statusCodeCategory', operator: 'Include', values: ['5xx'] }]
          operator: 'GreaterThan'
          threshold: 5
          timeAggregation: 'Total'
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}

// No worker has said anything for a quarter of an hour: files wait.
resource silent 'Microsoft.Insights/scheduledQueryRules@2022-06-15' = {
  name: '${prefix}-worker-is-silent'
  location: location
  properties: {
    severity: 1
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: 'PT15M'
    windowSize: 'PT15M'
    criteria: {
      allOf: [
        {
          query: 'ContainerAppConsoleLogs_CL | where ContainerName_s == "worker"'
          timeAggregation: 'Count'
          operator: 'LessThan'
          threshold: 1
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    actions: { actionGroups: [actionGroupId] }
  }
}

output portalAddress string = portal.properties.configuration.ingress.fqdn
