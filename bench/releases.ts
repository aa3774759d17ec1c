import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openDatabase } from '#server/platform/opening/open-database.ts'
import { migrate } from '#server/platform/db/migrate.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { listReleases } from '#server/figures/releases/list-releases.ts'
import { makeRelease } from '#server/figures/releases/make-release.ts'
import { readSpanFigures, readTrend } from '#server/figures/releases/release-views.ts'
import { runSql } from './run-sql.ts'

/**
 * How long a release of all takes to make and to read: `npm run bench releases [records]`. The records are
 * written straight into the store, linked: 20 services, 4 wards, 8 quarters, one person for every
 * four records, who mostly uses one of them, and every tenth in doubt; three and a half contacts a record, and for every
 * fourth one a score before and one after, and an activity.
 */

const records = Number(process.argv[2] ?? 1_000_000)
const QUARTERS = 8
const SERVICES = 20
/** Each so manieth record has two scores and came to an activity. */
const EACH_SCORED = 4

const dataDir = await mkdtemp(path.join(tmpdir(), 'countonce-bench-'))
const database = await openDatabase({ dataDir })
const pool = openPool(database.url)

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function lasted(milliseconds: number): string {
  return milliseconds > 1000
    ? `${(milliseconds / 1000).toFixed(1)} s`
    : `${milliseconds.toFixed(1)} ms`
}

async function timed<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now()
  const before = process.cpuUsage()
  const result = await work()
  const { user, system } = process.cpuUsage(before)
  const milliseconds = performance.now() - started
  const words = `${name}: ${lasted(milliseconds)}, of which ${lasted((user + system) / 1000)} of this process’s time`
  print(words)
  return result
}

try {
  await migrate(database.url)
  await runSql(pool, 'releases-programme', { lastservice: SERVICES - 1, lastquarter: QUARTERS - 1 })
  await timed(`${records} records written`, () =>
    runSql(pool, 'releases-records', {
      ...{ records, people: records / 4 },
      ...{ services: SERVICES, quarters: QUARTERS, lastquarter: QUARTERS - 1 },
    }),
  )
  await timed(
    `${(records / EACH_SCORED) * 2} scores and ${records / EACH_SCORED} attendances written`,
    () => runSql(pool, 'releases-events', { records, each: EACH_SCORED }),
  )
  const made = await timed('release made', () =>
    makeRelease(pool, { profile: 'programme', actor: 'bench' }),
  )
  if (!made.ok) throw new Error(made.code)
  print(`${made.shown} cells printed, ${made.hidden} hidden`)
  for (const repair of await inPrisma(pool, (prisma) => prisma.releaseRepair.findMany())) {
    const { unknowns, rounds, solverCalls, hidden, inDoubt } = repair
    print(`repair: ${unknowns} unknowns, ${rounds} rounds, ${solverCalls} calls of the solver`)
    print(`${(hidden as unknown[]).length} figures hidden by it, ${inDoubt} quantities in doubt`)
  }
  await timed('release made again', () =>
    makeRelease(pool, { profile: 'programme', actor: 'bench' }),
  )
  const [release] = await listReleases(pool)
  if (release === undefined) throw new Error('no release')
  for (let turn = 0; turn < 3; turn++) {
    await timed('figures of a span read', () =>
      readSpanFigures(pool, release, { quarter: release.lastQuarter, span: 'year' }),
    )
    await timed('trend read', () => readTrend(pool, release, {}))
  }
} finally {
  await pool.end()
  await database.close()
  await rm(dataDir, { recursive: true, force: true })
}
print(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`)
