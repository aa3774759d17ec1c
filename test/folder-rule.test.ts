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

/**
 * The rules that a copy breaks in which each of these files has one import more, and by whom. All at
 * once: each is told by the file that is at fault. That the rules are kept without them is what
 * `npm run check` finds.
 */
async function brokenBy(imports: readonly (readonly [string, string])[]): Promise<Set<string>> {
  for (const [file, imported] of imports) {
    await appendFile(join(copy, file), `\nimport '${imported}'\n`)
  }
  const found = await cruise(RULE)
  for (const [file] of imports) await cp(join(ROOT, file), join(copy, file))
  return new Set(found.map(({ rule, from }) => `${rule.name}: ${from}`))
}

describe('the rule of folders', () => {
  const above = 'lib/server/platform/db/pool.ts'
  const round = 'lib/server/jobs/acts/list-drafts.ts'
  const alone = 'lib/server/store/store.ts'
  const core = 'lib/core/reach/overlap.ts'
  let found: Set<string>

  beforeAll(async () => {
    found = await brokenBy([
      [above, '#server/figures/reach/component-numbers.ts'],
      [round, '#server/jobs/worker/run-job.ts'],
      [alone, '#standalone/postgres/embedded.ts'],
      [core, '#server/platform/faults/fault.ts'],
    ])
  })

  test('is broken by a floor that imports one above it', () => {
    expect(found).toContain(`platform-imports-no-floor-above: ${above}`)
  })

  test('is broken by two rooms that import each other', () => {
    const rounds = [...found].filter((name) =>
      name.startsWith('no-folder-cycles: lib/server/jobs/'),
    )
    expect(rounds).not.toEqual([])
  })

  test('is broken by a server that loads what stands alone', () => {
    expect(found).toContain(`a-real-deployment-loads-no-standalone-part: ${alone}`)
    expect(found).toContain(`standalone-is-imported-when-needed: ${alone}`)
  })

  test('is broken by a core that knows its server', () => {
    expect(found).toContain(`core-imports-core-only: ${core}`)
  })

  test('is broken by nobody else', () => {
    const files = [above, round, alone, core]
    const others = [...found].filter(
      (name) =>
        // What only bin, app or a test imports has nobody here, and a round has two ends.
        !/^no-(orphans|folder-cycles): /.test(name) && !files.some((file) => name.endsWith(file)),
    )
    expect(others).toEqual([])
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
    const found = await cruise(PORTAL_RULE, ['app/files', 'lib/server/portal/opening'])
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
  const above = /\(([a-z|-]+)\)/.exec(ground?.to.path ?? '')?.[1] ?? ''
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
    const drawn = [...text.matchAll(/^ *│ ([a-z-]+) +│ ([a-z -]*[a-z]|one room) *│$/gm)].map(
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
