import { fork } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeDemonstrationAccounts } from '#server/accounts/demonstration-accounts.ts'
import { argonPasswords } from '#server/accounts/passwords.ts'
import { openPool } from '#server/db/pool.ts'
import { confirmFinding } from '#server/journey/answer-findings.ts'
import { confirmReading } from '#server/journey/describe-reading.ts'
import { readMatching, saveMatching } from '#server/journey/match-columns.ts'
import { readCheck } from '#server/journey/read-check.ts'
import { findJourney, type Journey } from '#server/journey/read-journey.ts'
import { submitFile } from '#server/journey/submit-file.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import { startPortal } from '#server/portal/start-portal.ts'
import { makeRelease } from '#server/releases/make-release.ts'
import { actorPool } from '#server/sessions/actor-pool.ts'
import type { Actor } from '#server/sessions/actor.ts'
import { planCookies } from '#server/sessions/cookie-names.ts'
import { openPortalRole } from '#server/sessions/portal-role.ts'
import { startSession } from '#server/sessions/session.ts'
import type { ProgrammeStore } from '#server/store.ts'
import { openDemonstration } from '../bin/demonstration.ts'

/**
 * How long pages take: `npm run bench portal [people] [users]`. A demonstration of so many people, one release; then one user after
 * another asks for each page, then so many at once ask for all of them, and a file of 10,000 rows goes its way. Times are of whole answers over HTTP on this machine.
 */

const people = Number(process.argv[2] ?? 3000)
const users = Number(process.argv[3] ?? 50)
const ROUNDS = 20

/** Pages, who asks for them, and how long their median may be, in milliseconds. */
const PAGES: readonly (readonly [address: string, email: string, goal: number])[] = [
  ['/reach', 'analyst@demonstration.example', 20],
  ['/reach?span=quarter', 'analyst@demonstration.example', 20],
  ['/reach/exact', 'analyst@demonstration.example', 1000],
  ['/reach/overlap', 'analyst@demonstration.example', 1000],
  ['/send', 'provider@demonstration.example', 100],
  ['/send/baby-steps/2024-Q1', 'provider@demonstration.example', 100],
  ['/programme/submissions', 'administrator@demonstration.example', 100],
  ['/audit', 'administrator@demonstration.example', 100],
  ['/doubts', 'administrator@demonstration.example', 100],
  ['/system', 'administrator@demonstration.example', 100],
]

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

const folder = await mkdtemp(path.join(tmpdir(), 'countonce-bench-'))
// Where root runs this, PostgreSQL's own user must reach its folder.
await chmod(folder, 0o711)
const dataDir = path.join(folder, 'data')
const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
try {
  const store = await openDemonstration(dataDir, { people, seed: 1 })
  closers.push(() => store.close())
  await makeRelease(store.pool, { profile: 'programme', actor: 'bench' })
  closers.push(await startWorker())
  const portal = await startPortal({
    databaseUrl: store.databaseUrl,
    dataDir,
    env: process.env,
    port: 0,
  })
  closers.push(() => portal.stop())
  const cookies = await signInAll(store, portal.origin)
  const ask = async (address: string, email: string): Promise<number> => {
    const begun = performance.now()
    const answer = await fetch(portal.origin + address, {
      headers: { cookie: cookies.get(email) ?? '' },
      redirect: 'manual',
    })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${address}: ${String(answer.status)}`)
    return performance.now() - begun
  }
  print(`${String(people)} people, one user at a time, ${String(ROUNDS)} rounds`)
  for (const [address, email, goal] of PAGES) {
    await ask(address, email)
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) times.push(await ask(address, email))
    print(`  ${address.padEnd(28)} ${timesWords(times)}   goal: median ${String(goal)} ms`)
  }
  const times = (
    await Promise.all(
      Array.from({ length: users }, async (_, user) => {
        const own: number[] = []
        for (let at = 0; at < PAGES.length; at += 1) {
          const [address, email] = PAGES[(at + user) % PAGES.length] ?? ['/', '', 0]
          own.push(await ask(address, email))
        }
        return own
      }),
    )
  ).flat()
  print(`${String(users)} users at once, every page once each: ${timesWords(times)}`)
  await timeJourney(store, portal.origin, cookies.get('provider@demonstration.example') ?? '')
} finally {
  for (const close of closers.reverse()) await close()
}

/** Sessions of the demonstration's accounts, as cookie headers. */
async function signInAll(store: ProgrammeStore, origin: string): Promise<Map<string, string>> {
  const { pool, programme, keys } = store
  const made = await makeDemonstrationAccounts({
    pool,
    portalKey: await openPortalKey({ dataDir }),
    passwords: argonPasswords(),
    programme,
    keys,
  })
  if (!made.ok) throw new Error(made.code)
  const { rows } = await pool.query<{ id: string; email: string }>(
    'select id, email from portal_user',
  )
  const client = await pool.connect()
  try {
    const { name } = planCookies(origin).session
    const cookies = new Map<string, string>()
    for (const { id, email } of rows) {
      cookies.set(email, `${name}=${await startSession(client, id, new Date())}`)
    }
    return cookies
  } finally {
    client.release()
  }
}

/** A file of 10,000 rows from its upload to its findings, and to the figures; a person's own time is none. */
async function timeJourney(store: ProgrammeStore, origin: string, cookie: string): Promise<void> {
  const portalPool = openPool(await openPortalRole(store.databaseUrl), { max: 4 })
  closers.push(() => portalPool.end())
  const { rows } = await store.pool.query<{ actor: Actor }>(
    `select json_build_object('userId', id, 'role', role, 'providerCode', provider_code, 'mayExact', false) as actor
       from portal_user where email = 'provider@demonstration.example'`,
  )
  const actor = rows[0]?.actor
  if (actor === undefined) throw new Error('no provider')
  const own: ProgrammeStore = { ...store, pool: actorPool(portalPool, actor) }
  const form = new FormData()
  form.append('file', new Blob([clientsCsv(10_000)]), 'clients.csv')
  const begun = performance.now()
  const sent = await fetch(`${origin}/send/dv-groups/2024-Q1/file`, {
    method: 'POST',
    headers: { cookie, origin, accept: 'application/json' },
    body: form,
  })
  const { path: read } = (await sent.json()) as { path: string }
  const reference = /SU-[0-9A-Z-]+/.exec(read)?.[0] ?? ''
  const journey = async (): Promise<Journey> => {
    const found = await findJourney(own.pool, actor, reference)
    if (found === undefined) throw new Error(`no journey: ${read}`)
    return found
  }
  const until = async (state: string): Promise<string> => {
    while ((await journey()).state !== state) await pause(20)
    return `${((performance.now() - begun) / 1000).toFixed(1)} s`
  }
  await confirmReading(own, actor, await journey())
  const view = await readMatching(own, actor, reference)
  if (!view.ok) throw new Error(view.code)
  const answers = view.columns.map(({ answer }) => (answer === '' ? 'none' : answer))
  await saveMatching(own, actor, view.journey, { answers, shape: 'person', role: 'child' })
  print(`10,000 rows from upload to findings: ${await until('checked')}   goal: 3 s`)
  const check = await readCheck(own, actor, reference)
  if (!check.ok) throw new Error(check.code)
  for (const { code, field, severity } of check.groups.flatMap(({ findings }) => findings)) {
    if (severity !== 'confirm') continue
    await confirmFinding(own, actor, await journey(), { code, field, reason: 'It is right' })
  }
  const submitted = await submitFile(own, actor, await journey(), { replaces: '' })
  if (!submitted.ok) throw new Error(submitted.code)
  print(`10,000 rows from upload to the figures: ${await until('linked')}   goal: 6 s`)
}

/** Invented children, each with an NHS number that nobody has. */
function clientsCsv(rows: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const name = (value: number): string =>
    `Ab${Array.from(value.toString(26), (digit) => String.fromCharCode(97 + parseInt(digit, 26))).join('')}`
  const lines = Array.from({ length: rows }, (_, n) => {
    const born = `${two((n % 28) + 1)}/${two((n % 12) + 1)}/${String(2019 + (n % 5))}`
    const email = `carer${String(n)}@mail.example`
    return `C-${String(n)},${name(n)},Um${name(n % 700)},${born},${n % 2 === 0 ? 'F' : 'M'},${email},3`
  })
  const header = 'Client ID,First name,Surname,Date of birth,Gender,Carer email,Contacts'
  return [header, ...lines, ''].join('\r\n')
}

async function startWorker(): Promise<() => Promise<void>> {
  const program = path.join(import.meta.dirname, '../lib/server/jobs/worker.ts')
  const worker = fork(program, ['--data', dataDir], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const ended = new Promise<void>((resolve) =>
    worker.once('exit', () => {
      resolve()
    }),
  )
  await new Promise((resolve) => worker.once('message', resolve))
  return () => {
    worker.kill('SIGTERM')
    return ended
  }
}

function timesWords(times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0)
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`
}
