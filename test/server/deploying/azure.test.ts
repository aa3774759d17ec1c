import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { Language, Parser, type Node } from 'web-tree-sitter'

/** What docs/azure says to Azure, read by a parser of Bicep: nothing here reaches Azure. */

const ROOT = join(import.meta.dirname, '../../..')
const FOLDER = join(ROOT, 'docs/azure')
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith('.bicep'))
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8')

let parser: Parser
beforeAll(async () => {
  await Parser.init()
  parser = new Parser()
  const { resolve } = createRequire(import.meta.url)
  parser.setLanguage(await Language.load(resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')))
})

function treeOf(name: string): Node {
  const tree = parser.parse(text(name))
  if (tree === null) throw new Error(`${name} is not read`)
  return tree.rootNode
}

function all(node: Node, ...types: readonly string[]): Node[] {
  return node.descendantsOfType([...types])
}

const declared = (tree: Node, kind: string): string[] =>
  all(tree, kind).flatMap(
    (one) => one.namedChildren.find((n) => n.type === 'identifier')?.text ?? [],
  )

/** Properties of a resource's object by path, `properties.network`, with their text. */
function factsOf(resource: Node): Map<string, string> {
  const facts = new Map<string, string>()
  const walk = (object: Node, path: string): void => {
    for (const property of object.namedChildren.filter((one) => one.type === 'object_property')) {
      const [name, value] = property.namedChildren
      if (name === undefined || value === undefined) continue
      const here = path === '' ? name.text : `${path}.${name.text}`
      facts.set(here, value.text)
      if (value.type === 'object') walk(value, here)
    }
  }
  const object = resource.namedChildren.find((one) => one.type === 'object')
  if (object !== undefined) walk(object, '')
  return facts
}

/** The resources of a kind, over every file, with their facts. */
function resourcesOf(
  kind: string,
): { readonly file: string; readonly facts: Map<string, string> }[] {
  return FILES.flatMap((file) =>
    all(treeOf(file), 'resource_declaration')
      .filter(
        (one) => one.text.includes(`'${kind}@`) && !/^resource \w+ '[^']+' existing/.test(one.text),
      )
      .map((one) => ({ file, facts: factsOf(one) })),
  )
}

describe.each(FILES)('%s', (name) => {
  test('is Bicep', () => {
    const wrong = all(treeOf(name), 'ERROR').map(({ startPosition }) => startPosition.row + 1)
    expect(wrong).toEqual([])
    expect(treeOf(name).hasError).toBe(false)
  })

  test('uses every parameter and variable, and nothing that is not there', () => {
    const source = text(name).replace(/(?<!:)\/\/.*$/gm, '')
    const names = [
      ...declared(treeOf(name), 'parameter_declaration'),
      ...declared(treeOf(name), 'variable_declaration'),
    ]
    const unused = names.filter((one) => source.split(new RegExp(`\\b${one}\\b`)).length < 3)
    expect(unused).toEqual([])
    const known = new Set([
      ...names,
      ...declared(treeOf(name), 'resource_declaration'),
      ...declared(treeOf(name), 'module_declaration'),
    ])
    // What a dot follows is looked into; `i` counts, and `environment()` is Bicep's own.
    const looked = [
      ...source.matchAll(/(?<![.\w'/@-])([a-z]\w*)\.(?:id|name|properties|outputs)\b/g),
    ]
    expect(looked.map(([, one = '']) => one).filter((one) => !known.has(one))).toEqual([])
  })
})

test('gives each module the parameters that it has, and asks it for outputs that it gives', () => {
  for (const module of all(treeOf('main.bicep'), 'module_declaration')) {
    const [, name = '', file = ''] = /^module (\w+) '([^']+)'/.exec(module.text) ?? []
    expect(FILES).toContain(file)
    const facts = factsOf(module)
    const given = [...facts.keys()].flatMap((path) => /^params\.(\w+)$/.exec(path)?.[1] ?? [])
    expect([name, given.sort()]).toEqual([
      name,
      declared(treeOf(file), 'parameter_declaration').sort(),
    ])
    const outputs = declared(treeOf(file), 'output_declaration')
    const asked = text('main.bicep').matchAll(new RegExp(`\\b${name}\\.outputs\\.(\\w+)`, 'g'))
    for (const [, output] of asked) expect(outputs).toContain(output)
  }
})

test('closes storage, vaults and database to the outside, and gives each account and vault a door within', () => {
  const storage = resourcesOf('Microsoft.Storage/storageAccounts')
  const vaults = resourcesOf('Microsoft.KeyVault/vaults')
  const [database] = resourcesOf('Microsoft.DBforPostgreSQL/flexibleServers')
  expect([storage.length, vaults.length]).toEqual([2, 2])
  for (const { facts } of [...storage, ...vaults]) {
    expect(facts.get('properties.publicNetworkAccess')).toMatch(/^'disabled'$/i)
    expect(facts.get('properties.networkAcls.defaultAction')).toBe(`'Deny'`)
  }
  for (const { facts } of storage) {
    expect(facts.get('properties.allowSharedKeyAccess')).toBe('false')
    expect(facts.get('properties.allowBlobPublicAccess')).toBe('false')
    expect(facts.get('properties.minimumTlsVersion')).toBe(`'TLS1_2'`)
  }
  expect(database?.facts.get('properties.network.publicNetworkAccess')).toBe(`'Disabled'`)
  expect(database?.facts.get('properties.authConfig.activeDirectoryAuth')).toBe(`'Enabled'`)
  const endpoints = resourcesOf('Microsoft.Network/privateEndpoints').map(({ facts }) =>
    facts.get('properties.privateLinkServiceConnections'),
  )
  for (const one of ['held', 'anchored', 'workers', 'portal']) {
    expect(endpoints.filter((links) => links?.includes(`${one}.id`))).toHaveLength(1)
  }
})

test('keeps nothing of a held file, and lets nobody change an anchor', () => {
  const [held, anchors] = resourcesOf('Microsoft.Storage/storageAccounts/blobServices')
  expect(held?.facts.get('properties.deleteRetentionPolicy.enabled')).toBe('false')
  expect(held?.facts.get('properties.isVersioningEnabled')).toBe('false')
  expect(anchors?.facts.get('properties.isVersioningEnabled')).toBe('true')
  expect(text('storage.bicep')).toMatch(/daysAfterCreationGreaterThan: 2\b/)
  const [, anchored] = resourcesOf('Microsoft.Storage/storageAccounts')
  expect(
    anchored?.facts.get(
      'properties.immutableStorageWithVersioning.immutabilityPolicy.immutabilityPeriodSinceCreationInDays',
    ),
  ).toBe('anchorDays')
  // The program purges what it erases, which purge protection would refuse.
  expect(text('vaults.bicep')).not.toContain('enablePurgeProtection')
})

test('gives the portal no right over the workers’ vault', () => {
  const rights = resourcesOf('Microsoft.Authorization/roleAssignments').filter(
    ({ file }) => file === 'vaults.bicep',
  )
  const held = rights.map(({ facts }) => [facts.get('scope'), facts.get('properties.principalId')])
  expect(held).toEqual([
    ['workers', 'workerPrincipalId'],
    ['portal', 'workerPrincipalId'],
    ['portal', 'portalPrincipalId'],
  ])
})

test('starts what compose.yaml starts, with settings that are read and are not secrets in the open', () => {
  const apps = text('apps.bicep')
  const settings = [...apps.matchAll(/\{ name: '([A-Z_]+)', (value|secretRef): ([^}\n]+?) \}/g)]
  const known = readFileSync(join(ROOT, '.env.example'), 'utf8')
  const unread = settings
    .map(([, name = '']) => name)
    // The client id of a managed identity is read by Azure's own package.
    .filter((name) => name !== 'AZURE_CLIENT_ID' && !new RegExp(`^# ?${name}=`, 'm').test(known))
  expect(unread).toEqual([])
  const bySecret = settings.filter(([, , how]) => how === 'secretRef').map(([, name]) => name)
  expect(bySecret).toEqual(['DATABASE_URL', 'SMTP_URL'])
  for (const program of ['bin/countonce.ts', 'bin/portal.ts', 'lib/server/jobs/worker/worker.ts']) {
    expect(apps).toContain(`'${program}'`)
    expect(readFileSync(join(ROOT, 'compose.yaml'), 'utf8')).toContain(program)
  }
})

test('lets what runs reach what is listed and refuses all else', () => {
  const network = text('network.bicep')
  const listed = [...network.matchAll(/\{ name: '([\w-]+)', to: (\S+), ports:/g)].map(
    ([, name]) => name,
  )
  expect(listed).toEqual([
    ...['own-network', 'entra', 'monitor', 'registry', 'platform-registry', 'platform-door'],
    ...['names', 'mail'],
  ])
  expect(network).toMatch(/name: 'to-nowhere-else'[^]*?priority: 4096[^]*?access: 'Deny'/)
})
