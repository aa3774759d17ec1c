import { fork } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeDemonstrationAccounts } from '#demonstration/demonstration-accounts.ts'
import { argonPasswords } from '#server/identity/accounts/passwords.ts'
import { openPortalKey } from '#server/keys/portal-key.ts'
import { startPortal } from '#server/portal/serving/start-portal.ts'
import { markReach } from '#server/figures/reach/mark-reach.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import { startSession } from '#server/identity/sessions/session.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'
import { finishDemonstration, openDemonstration } from '../bin/demonstration.ts'
import { timeJourney } from './portal/journey.ts'
import { timedPages, type TimedPage } from './portal/pages.ts'

/**
 * How long pages take: `npm run bench portal [people] [users] [folder]`. A demonstration of so many
 * people with its release, and about as many records; then one user after another asks for each
 * page, then so many at once ask for all of them, and a file of 10,000 rows goes its way. Times are
 * of whole answers over HTTP on this machine. To make a million people takes a while: a folder that
 * is named is kept, and the next run finds the demonstration in it.
 */

const people = Number(process.argv[2] ?? 3000)
const users = Number(process.argv[3] ?? 50)
const kept = process.argv[4]
const ROUNDS = 20
const ROUNDS_AFRESH = 5
/**
 * As often every page is asked for before anything is timed: a portal that people use has run for a
 * while.
 */
const ROUNDS_WARM = 10
/** How long a user looks at a page, where one pauses: milliseconds. */
const PAUSE = 2000

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

const folder = kept ?? (await mkdtemp(path.join(tmpdir(), 'countonce-bench-')))
await mkdir(folder, { recursive: true })
// Where root runs this, PostgreSQL's own user must reach its folder.
await chmod(folder, 0o711)
const dataDir = path.join(folder, 'data')
const closers: (() => Promise<unknown>)[] = []
if (kept === undefined) closers.push(() => rm(folder, { recursive: true, force: true }))
try {
  const store = await openDemonstration(dataDir, { people, seed: 1 })
  closers.push(() => store.close())
  await finishDemonstration(store, { peopleAlone: true })
  const marked = await timeMarks(store)
  let stopWorker = await startWorker()
  closers.push(() => stopWorker())
  const portal = await startPortal({
    databaseUrl: store.databaseUrl,
    dataDir,
    env: process.env,
    port: 0,
  })
  closers.push(() => portal.stop())
  const cookies = await signInAll(store, portal.origin)
  const pages = await timedPages(store.pool)
  const ask = async ({ address, email }: TimedPage): Promise<number> => {
    const begun = performance.now()
    const answer = await fetch(portal.origin + address, {
      headers: { cookie: cookies.get(email) ?? '' },
      redirect: 'manual',
    })
    await answer.arrayBuffer()
    if (answer.status !== 200) throw new Error(`${address}: ${String(answer.status)}`)
    return performance.now() - begun
  }
  /** Times of so many users who each look at every page once, beginning with another one. */
  const timeCrowd = async (pauseMs: number): Promise<number[]> => {
    const usual = pages.filter(({ afresh = false }) => !afresh)
    const each = Array.from({ length: users }, async (_, user) => {
      const own: number[] = []
      await pause((pauseMs * user) / users)
      for (let at = 0; at < usual.length; at += 1) {
        const page = usual[(at + user) % usual.length]
        if (page !== undefined) own.push(await ask(page))
        await pause(pauseMs)
      }
      return own
    })
    return (await Promise.all(each)).flat()
  }
  print(`marks for exact figures made in ${marked}`)
  print(`${await sizeWords(store)}, one user at a time, ${String(ROUNDS)} rounds`)
  for (let round = 0; round < ROUNDS_WARM; round += 1) for (const page of pages) await ask(page)
  for (const page of pages) {
    const { address, goal, afresh = false } = page
    const times: number[] = []
    for (let round = 0; round < (afresh ? ROUNDS_AFRESH : ROUNDS); round += 1) {
      if (afresh) await inPrisma(store.pool, (prisma) => prisma.exactAnswer.deleteMany())
      times.push(await ask(page))
    }
    const name = afresh ? `${address}, counted anew` : address
    print(
      `${median(times) <= goal ? ' ' : '!'} ${name.padEnd(54)} ${timesWords(times)}   goal: median ${String(goal)} ms`,
    )
  }
  print(
    `${String(users)} users at once, a page each every ${String(PAUSE / 1000)} s: ${timesWords(await timeCrowd(PAUSE))}`,
  )
  print(`${String(users)} users at once, none ever pausing: ${timesWords(await timeCrowd(0))}`)
  const cookie = cookies.get('provider@demonstration.example') ?? ''
  const restartWorker = async (): Promise<void> => {
    await stopWorker()
    stopWorker = await startWorker()
  }
  await timeJourney({ store, dataDir, origin: portal.origin, cookie, print, restartWorker })
} finally {
  for (const close of closers.reverse()) await close()
}

/** How much there is of what pages read. */
async function sizeWords({ pool }: OwnProgrammeStore): Promise<string> {
  const production = { where: { dataset: 'production' } } as const
  const [records, beneficiaries, doubts] = await inPrisma(pool, async (prisma) => [
    await prisma.submissionRecord.count(production),
    await prisma.beneficiary.count(production),
    await prisma.doubt.count(production),
  ])
  const told = (count: number): string => count.toLocaleString('en-GB')
  return `${told(records)} records of ${told(beneficiaries)} people, ${told(doubts)} doubts`
}

/** How long it takes to prepare exact figures after links have changed, which a worker does. */
async function timeMarks({ pool }: OwnProgrammeStore): Promise<string> {
  await inPrisma(pool, (prisma) => prisma.reachMarking.deleteMany())
  const begun = performance.now()
  const made = await markReach(pool)
  if (made !== 'made') throw new Error(`marks: ${made}`)
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`
}

/** Sessions of the demonstration's accounts, as cookie headers. */
async function signInAll(store: OwnProgrammeStore, origin: string): Promise<Map<string, string>> {
  const { pool, programme, keys } = store
  const made = await makeDemonstrationAccounts({
    pool,
    portalKey: await openPortalKey({ dataDir }),
    passwords: argonPasswords(),
    programme,
    keys,
  })
  if (!made.ok) throw new Error(made.code)
  const users = await inPrisma(pool, (prisma) =>
    prisma.user.findMany({ select: { id: true, email: true } }),
  )
  const client = await pool.connect()
  try {
    const { name } = planCookies(origin).session
    const cookies = new Map<string, string>()
    for (const { id, email } of users) {
      cookies.set(email, `${name}=${await startSession(client, id, new Date())}`)
    }
    return cookies
  } finally {
    client.release()
  }
}

async function startWorker(): Promise<() => Promise<void>> {
  const program = path.join(import.meta.dirname, '../lib/server/jobs/worker/worker.ts')
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

function median(times: readonly number[]): number {
  return quantile(times, 0.5)
}

function quantile(times: readonly number[], share: number): number {
  const sorted = times.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function timesWords(times: readonly number[]): string {
  const at = (share: number): string => quantile(times, share).toFixed(0)
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`
}
