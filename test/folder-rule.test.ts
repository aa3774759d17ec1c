import { execFile } from 'node:child_process'
import { appendFile, cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const RULE = '.dependency-cruiser.cjs'
const PORTAL_RULE = '.dependency-cruiser.portal.cjs'

let copy: string

beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'countonce-rule-'))
  for (const name of ['app', 'lib', 'package.json', 'tsconfig.json', RULE, PORTAL_RULE]) {
    await cp(join(ROOT, name), join(copy, name), { recursive: true })
  }
  await symlink(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
})

afterAll(() => rm(copy, { recursive: true, force: true }))

interface Cruised {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
  }
}

/** What the rule says of the copy of lib: the names of the rules that are broken, and by whom. */
async function broken(): Promise<string[]> {
  // What only bin, app or a test imports has nobody here.
  const inLib = (await cruise(RULE)).filter(({ rule }) => rule.name !== 'no-orphans')
  return [...new Set(inLib.map(({ from, rule }) => `${rule.name}: ${from}`))].sort()
}

async function cruise(
  config: string,
  folders: readonly string[] = ['lib'],
): Promise<Cruised['summary']['violations']> {
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [program, '--config', config, '--output-type', 'json', ...folders],
    { cwd: copy, maxBuffer: 256 * 1024 * 1024 },
  ).catch((error: unknown) => error as { stdout: string })
  return (JSON.parse(stdout) as Cruised).summary.violations
}

/** The same once a file has one import more. */
async function brokenBy(file: string, imported: string): Promise<string[]> {
  const path = join(copy, file)
  await appendFile(path, `\nimport '${imported}'\n`)
  const found = await broken()
  await cp(join(ROOT, file), path)
  return found
}

describe('the rule of folders', () => {
  test('is kept', async () => {
    expect(await broken()).toEqual([])
  })

  test('is broken by a floor that imports one above it', async () => {
    const file = 'lib/server/platform/db/pool.ts'
    expect(await brokenBy(file, '#server/figures/reach/component-numbers.ts')).toContain(
      `platform-imports-no-floor-above: ${file}`,
    )
  })

  test('is broken by two rooms that import each other', async () => {
    const found = await brokenBy(
      'lib/server/jobs/acts/list-drafts.ts',
      '#server/jobs/worker/run-job.ts',
    )
    expect(found.filter((name) => name.startsWith('no-folder-cycles'))).not.toEqual([])
  })

  test('is broken by a server that loads what stands alone', async () => {
    const file = 'lib/server/store/store.ts'
    const found = await brokenBy(file, '#standalone/postgres/embedded.ts')
    expect(found).toContain(`a-real-deployment-loads-no-standalone-part: ${file}`)
    expect(found).toContain(`standalone-is-imported-when-needed: ${file}`)
  })

  test('is broken by a core that knows its server', async () => {
    const file = 'lib/core/reach/overlap.ts'
    expect(await brokenBy(file, '#server/platform/faults/fault.ts')).toContain(
      `core-imports-core-only: ${file}`,
    )
  })
})

describe('the rule of what the portal loads', () => {
  test('[S72] is broken by an import of keys, and at the end of a way by one that reads files', async () => {
    const reached = [
      ['lib/server/portal/opening/portal.ts', '#server/keys/key-ring.ts'],
      ['lib/server/intake/journey/held-profile.ts', '#server/intake/reading/read-file.ts'],
    ] as const
    for (const [file, imported] of reached) {
      await appendFile(join(copy, file), `\nimport '${imported}'\n`)
    }
    const found = await cruise(PORTAL_RULE, ['app', 'lib/server/portal'])
    for (const [file] of reached) await cp(join(ROOT, file), join(copy, file))
    expect(new Set(found.map(({ rule }) => rule.name))).toEqual(
      new Set(['the-portal-opens-nothing']),
    )
    const to = found.map(({ to: reachedFile }) => reachedFile)
    expect(to).toContain('lib/server/keys/key-ring.ts')
    expect(to).toContain('lib/server/intake/reading/read-file.ts')
  }, 120_000)
})

/** The floors of the rule, from the ground up. */
function floorsOfRule(): string[] {
  const { forbidden } = createRequire(import.meta.url)(join(ROOT, RULE)) as {
    forbidden: { name: string; to: { path?: string } }[]
  }
  const ground = forbidden.find(({ name }) => name === 'platform-imports-no-floor-above')
  const above = /\(([a-z|]+)\)/.exec(ground?.to.path ?? '')?.[1] ?? ''
  return ['platform', ...above.split('|')]
}

function foldersIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'generated')
    .map(({ name }) => name)
    .sort()
}

describe('docs/architecture.md', () => {
  test('draws the floors and the rooms that there are', async () => {
    const text = await readFile(join(ROOT, 'docs/architecture.md'), 'utf8')
    const drawn = [...text.matchAll(/^ *│ ([a-z]+) +│ ([a-z -]*[a-z]|one room) *│$/gm)].map(
      ([, floor = '', rooms = '']) => [floor, rooms === 'one room' ? [] : rooms.split(/ +/).sort()],
    )
    const floors = floorsOfRule().reverse()
    expect(foldersIn('lib/server')).toEqual([...floors].sort())
    expect(drawn).toEqual(floors.map((floor) => [floor, foldersIn(`lib/server/${floor}`)]))
  })

  test('names no file that is not there', async () => {
    const text = await readFile(join(ROOT, 'docs/architecture.md'), 'utf8')
    const named = [...text.matchAll(/`((?:app|bin|docs|lib|prisma|test)\/[\w./[\]-]+)`/g)].map(
      ([, name = '']) => name,
    )
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((name) => !existsSync(join(ROOT, name)))).toEqual([])
  })
})
