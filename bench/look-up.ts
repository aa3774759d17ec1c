import { createHash } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FEED_KINDS } from '#core/standard/feeds/feed-kinds.ts'
import { findInvolvement } from '#server/look-up/finding/find-involvement.ts'
import { openLookUpDemonstration } from '../bin/look-up-demonstration.ts'
import { answeringWorker } from './look-up/answering-worker.ts'
import { runSql } from './run-sql.ts'

/**
 * npm run bench look-up [RECORDS]: how long a look-up takes among RECORDS (1,000,000 unless it is said), four of one
 * person each, beside the demonstration's: to find who is involved, and until a worker's answer is with the portal. The
 * median and the slowest of many, each by itself on this machine, beside what the processes of the worker took.
 */

const RECORDS = Number(process.argv[2] ?? 1_000_000)
const FINDS = 200
const LOOK_UPS = 40
/** Between two look-ups, in milliseconds: a few people who work at once. */
const PAUSE = 1_000

const folder = await mkdtemp(join(tmpdir(), 'countonce-look-up-'))
// mkdtemp makes it private; as root, PostgreSQL's user must pass through.
await chmod(folder, 0o711)
const dataDir = join(folder, 'data')
const closers: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })]
try {
  const store = await openLookUpDemonstration(dataDir)
  closers.push(() => store.close())
  await runSql(store.pool, 'look-up-records', { records: RECORDS })
  const finding: number[] = []
  const client = await store.pool.connect()
  for (let index = 0; index < FINDS; index++) {
    // Spread over everybody, and every tenth is nobody.
    const person = index % 10 === 9 ? RECORDS : Math.floor((index / FINDS) * (RECORDS / 4))
    const marks = [
      { field: 'nhsNumber' as const, value: uuidOf(`nhs ${person}`), epoch: 1 },
      { field: 'nameBirth' as const, value: uuidOf(`name ${person}`), epoch: 1 },
    ]
    const began = performance.now()
    const found = await findInvolvement(client, marks, FEED_KINDS)
    finding.push(performance.now() - began)
    const records = found.flatMap((each) => each.records).length
    if (records !== (person === RECORDS ? 0 : 4)) throw new Error(`${records} records were found`)
  }
  client.release()
  const worker = await answeringWorker(store)
  closers.push(() => worker.stop())
  const looking = await worker.lookUp(LOOK_UPS, PAUSE)
  process.stdout.write(
    [
      `${RECORDS} records`,
      `found                ${words(finding)}`,
      `answered by a worker ${words(looking)}   goal: median 300 ms`,
      `processor time of worker and its reading processes: ${await worker.processorTime()} ms a look-up`,
      '',
    ].join('\n'),
  )
} finally {
  for (const close of closers.reverse()) await close()
}

function words(took: readonly number[]): string {
  const sorted = took.toSorted((one, other) => one - other)
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1)
  return `median ${at(0.5)} ms, slowest ${at(1)} ms`
}

/** The pseudonym that the store has of a text. */
function uuidOf(text: string): string {
  const hex = createHash('md5').update(text).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
