import { spawn, spawnSync } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openPool } from '#server/platform/db/pool.ts'
import { freePort } from '../test/server/setup/free-port.ts'
import { openInstallation } from '../test/e2e/setup/installation.ts'
import type * as Routes from '../test/e2e/setup/routes.ts'
import { sessionOf } from '../test/e2e/setup/session-of.ts'

/**
 * The portal of an older version on the database of this one: `npm run bench older-portal [commit]`,
 * in a clone with its history. It is built from that commit, or from the one before the newest
 * migration, started against a demonstration that this version migrated and made, and asked for each
 * of its pages that needs no file or release, as everybody who may have it. Ends with 1 where one of
 * them is a fault, with 2 where that version needs other packages than are here.
 */

const ROOT = path.join(import.meta.dirname, '..')
/** How long an old portal may take to start, in milliseconds. */
const PATIENCE = 120_000

const PEOPLE = {
  provider: 'provider@demonstration.example',
  analyst: 'analyst@demonstration.example',
  officer: 'officer@demonstration.example',
  administrator: 'administrator@demonstration.example',
} as const satisfies Partial<Record<Routes.Asker, string>>

const folder = await mkdtemp(path.join(tmpdir(), 'countonce-older-'))
await chmod(folder, 0o711)
const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
try {
  const commit = process.argv[2] ?? `${beforeNewestMigration()}^`
  print(`The portal of ${run('git', ['log', '-1', '--format=%h %cs %s', commit], ROOT).trim()}`)
  checkOut(commit)
  const installation = await openInstallation()
  closers.push(() => installation.close())
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  closers.push(
    await startPortal({
      ...{ DATABASE_URL: installation.databaseUrl, COUNTONCE_DATA: installation.dataDir },
      ...{ COUNTONCE_ORIGIN: origin, COUNTONCE_HOST: '127.0.0.1', PORT: String(port) },
    }),
  )
  await isReady(origin)
  const owner = openPool(installation.databaseUrl)
  closers.push(() => owner.end())
  const wrong = await askForPages({ owner, origin })
  for (const line of wrong) print(line)
  process.exitCode = wrong.length === 0 ? 0 : 1
} finally {
  for (const close of closers.reverse()) await close()
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** What a program prints; it must end well. */
function run(program: string, given: readonly string[], cwd: string): string {
  const { status, stdout, stderr } = spawnSync(program, given, { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${given.join(' ')}: ${stderr}`)
  return stdout
}

/** The last commit that added a migration. */
function beforeNewestMigration(): string {
  const given = ['log', '-1', '--format=%h', '--diff-filter=A', '--', 'prisma/migrations']
  return run('git', given, ROOT).trim()
}

/** Lays a version out in the folder, with the packages of this one, and builds its pages. */
function checkOut(commit: string): void {
  if (run('git', ['diff', '--name-only', commit, '--', 'package-lock.json'], ROOT) !== '') {
    print('That version has other packages than are installed here: it was not tried.')
    process.exit(2)
  }
  const archive = path.join(folder, 'version.tar')
  run('git', ['archive', `--output=${archive}`, commit], ROOT)
  run('tar', ['-xf', archive, '-C', folder], ROOT)
  // Next takes no link to packages: a copy by links to files costs nothing where the disk is one.
  const linked = spawnSync('cp', ['-al', path.join(ROOT, 'node_modules'), folder])
  if (linked.status !== 0) run('cp', ['-a', path.join(ROOT, 'node_modules'), folder], ROOT)
  for (const program of ['bin/generate.mjs', 'bin/build.ts']) {
    run(process.execPath, [program], folder)
  }
}

/** Starts the older portal as a container does; answers how to stop it. */
function startPortal(env: Readonly<Record<string, string>>): Promise<() => Promise<unknown>> {
  const child = spawn(process.execPath, ['bin/portal.ts'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { NODE_ENV: 'production', PATH: process.env['PATH'], ...env },
  })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  return Promise.resolve(() => {
    child.kill('SIGTERM')
    return ended
  })
}

async function isReady(origin: string): Promise<void> {
  const until = Date.now() + PATIENCE
  for (;;) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => undefined)
    if (answer?.ok === true) return
    if (Date.now() > until) throw new Error('the older portal was not ready in time')
    await pause(500)
  }
}

/** Asks for every page whose address names nothing that is made later; answers what went wrong. */
async function askForPages(visit: Parameters<typeof sessionOf>[0]): Promise<readonly string[]> {
  const known = path.join(folder, 'test/e2e/setup/routes.ts')
  const { ROUTES, mayHave } = (await import(known)) as typeof Routes
  const cookies = new Map<Routes.Asker, string>()
  for (const [asker, email] of Object.entries(PEOPLE)) {
    cookies.set(asker as Routes.Asker, await sessionOf(visit, email))
  }
  const nothing = new Proxy({} as Routes.Subjects, { get: () => 'nothing' })
  const wrong: string[] = []
  let [asked, shown] = [0, 0]
  for (const route of Object.values(ROUTES)) {
    const address = route.path(nothing)
    if (route.method !== undefined || route.byToken === true || address.includes('nothing'))
      continue
    for (const [asker, cookie] of cookies) {
      const given = { headers: { cookie }, redirect: 'manual' } as const
      const { status } = await fetch(visit.origin + address, given)
      asked += 1
      if (status === 200 && mayHave(asker, route)) shown += 1
      // What there is only once a file was sent is not found here; a statement that fails is a fault.
      if (status >= 500) wrong.push(`${String(status)} ${address}, asked for by ${asker}`)
    }
  }
  print(`${String(asked)} answers: ${String(shown)} pages, ${String(wrong.length)} faults`)
  return wrong
}
