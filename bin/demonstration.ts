import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '#server/platform/machine/project-folder.ts'
import { INVENTED_FRAMEWORK } from '#demonstration/invented-framework.ts'
import { readDemonstrationMapping, readManifest } from '#demonstration/load-demonstration.ts'
import {
  writeDemonstration,
  type DemonstrationFile,
  type DemonstrationManifest,
  type DemonstrationOptions,
} from '#demonstration/write-demonstration.ts'
import { isQuarter } from '#core/standard/quarter.ts'
import { PORTAL } from '#server/identity/actors/portal-actor.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import { initKeys } from '#server/keys/keys.ts'
import { initProgramme } from '#server/programme/setting-up/init-programme.ts'
import { putFramework, readFramework } from '#server/programme/register/framework-versions.ts'
import { importPopulations } from '#server/programme/populations/import-populations.ts'
import { demandRegister } from '#server/programme/register/register.ts'
import { importTargets } from '#server/programme/targets/targets.ts'
import { measureReach } from '#server/figures/reach/measure-reach.ts'
import { signReleases } from '#server/figures/releases/sign-releases.ts'
import { anchorAudit } from '#server/jobs/anchoring/anchor-audit.ts'
import { listReleases } from '#server/figures/releases/list-releases.ts'
import { makeRelease, type ReleaseMade } from '#server/figures/releases/make-release.ts'
import {
  openStore,
  readProgrammeStore,
  type OwnProgrammeStore,
  type Store,
} from '#server/store/store.ts'
import { sweepFiles } from '#server/intake/submissions/sweep-files.ts'
import { ingestFile } from './commands/ingest.ts'
import { readPostcodes } from './commands/init.ts'
import { showReach } from './commands/reach.ts'
import { sayNotTaken } from './show-submission.ts'
import { DONE, FAULT, print, say } from './terminal.ts'
import { OPERATOR } from './with-store.ts'

/**
 * Opens the store of the demonstration, made and filled with people and service use on the first start; a
 * start that was interrupted is continued, and two at once wait for each other. The rest is done by
 * `finishDemonstration`. Throws `programme-exists` where there is a programme that is no
 * demonstration.
 */
export async function openDemonstration(
  dataDir: string,
  options: DemonstrationOptions,
): Promise<OwnProgrammeStore> {
  const store = await openStore({ dataDir, env: process.env, onNotice: say })
  try {
    return await alone(store, async () => {
      const folder = join(dataDir, 'demonstration')
      const manifest = await demandManifest(store, folder, options)
      await makeProgramme(store, join(folder, manifest.postcodes))
      const programme = await readProgrammeStore(store)
      await sweepFiles(programme, new Date())
      await ingestMissing(programme, folder, manifest.files)
      return programme
    })
  } catch (error) {
    await store.close()
    throw error
  }
}

/**
 * Ingests files of activities and outcomes, populations and targets, unless only people are wanted, for which nobody who
 * wants to sign in need wait, and then releases what was reached where nothing is released yet, so that an
 * analyst has figures to read, and anchors what was written down; where hardly anybody lives there may
 * be no release. To make one none of whose figures tells of a person takes the longer part of a minute.
 */
export async function finishDemonstration(
  store: OwnProgrammeStore,
  { peopleAlone = false }: { readonly peopleAlone?: boolean } = {},
): Promise<void> {
  await alone(store, async () => {
    if (!peopleAlone) await takeFurther(store, join(store.dataDir, 'demonstration'))
    await release(store)
  })
}

async function takeFurther(store: OwnProgrammeStore, folder: string): Promise<void> {
  const { further = [], populations, targets } = (await readManifest(folder)) ?? {}
  if (further.length > 0 && (await readFramework(store.pool)) === undefined)
    await putFramework(store.pool, OPERATOR, INVENTED_FRAMEWORK, new Date())
  await ingestMissing(store, folder, further)
  if (populations !== undefined) await keepPopulations(store, join(folder, populations))
  if (targets !== undefined) await keepTargets(store, join(folder, targets))
}

async function keepTargets({ pool }: OwnProgrammeStore, path: string): Promise<void> {
  // What somebody changed or took back stays so.
  if ((await inPrisma(pool, ({ serviceTarget }) => serviceTarget.count())) > 0) return
  const operator = { ...PORTAL, userId: OPERATOR }
  const context = { pool, now: () => new Date() }
  const read = await importTargets(context, operator, readFileSync(path, 'utf8'))
  if (!read.ok) throw new Fault('database-refused', { file: path, code: read.code })
}

async function keepPopulations({ pool }: OwnProgrammeStore, path: string): Promise<void> {
  if ((await inPrisma(pool, ({ wardPopulation }) => wardPopulation.count())) > 0) return
  const read = await importPopulations(pool, OPERATOR, readFileSync(path, 'utf8'))
  if (!read.ok) throw new Fault('database-refused', { file: path, code: 'populations' })
}

async function release(store: OwnProgrammeStore): Promise<void> {
  const { pool } = store
  if ((await listReleases(pool)).length === 0) {
    const made = await makeRelease(pool, { profile: 'programme', actor: OPERATOR })
    if (made.ok) say(releasedWords(made))
  }
  await signReleases(store)
  await anchorAudit(store, new Date())
}

function releasedWords({ reference, shown, hidden }: ReleaseMade): string {
  return `Released as ${reference}: ${shown} figures, ${hidden} hidden.`
}

/** The submissions that figures are counted from. */
const IN_FIGURES = { state: 'linked', dataset: 'production' } as const

/** Prints what the demonstration reached. */
export async function showDemonstration(store: OwnProgrammeStore): Promise<number> {
  const { _min: first, _max: last } = await inPrisma(store.database, (prisma) =>
    prisma.submission.aggregate({
      where: IN_FIGURES,
      _min: { quarter: true },
      _max: { quarter: true },
    }),
  )
  const period = { from: first.quarter ?? '', to: last.quarter ?? '' }
  if (!isQuarter(period.from) || !isQuarter(period.to)) return FAULT
  const reach = await measureReach(
    store.pool,
    { dataset: 'production', from: period.from, to: period.to },
    ['service'],
  )
  print(
    `${store.programme.name}: people reached from ${period.from} to ${period.to}, all of them invented`,
  )
  print()
  showReach(reach, ['service'])
  return DONE
}

/** Runs `make` while no other start makes the same. */
export async function alone<T>(store: Store, make: () => Promise<T>): Promise<T> {
  const client = await store.pool.connect()
  try {
    const { mine } = await runForRow(client, 'programme/try-demonstration', [])
    if (!mine) {
      say('Another start is making the demonstration; waiting for it …')
      await run(client, 'programme/await-demonstration', [])
    }
    return await make()
  } finally {
    // With its connection the lock goes.
    client.release(true)
  }
}

async function demandManifest(
  store: Store,
  folder: string,
  options: DemonstrationOptions,
): Promise<DemonstrationManifest> {
  const written = await readManifest(folder)
  if (written !== undefined) return written
  if (await hasProgramme(store)) throw new Fault('programme-exists')
  say(`Inventing ${options.people} people and the files of their services …`)
  return (await writeDemonstration(folder, options)).manifest
}

async function makeProgramme(store: Store, postcodes: string): Promise<void> {
  if (!(await hasProgramme(store))) {
    const path = join(projectFolder('lib'), 'server', 'programme', 'register', 'leap.json')
    const register = demandRegister(readFileSync(path, 'utf8'))
    const read = await readPostcodes(postcodes, register)
    if (!read.ok) throw new Fault(read.code)
    const made = await initProgramme(store.pool, OPERATOR, register, read.rows)
    if (!made.ok) throw new Fault(made.code)
  }
  await initKeys({ dataDir: store.dataDir, env: store.env, demonstration: true })
}

async function hasProgramme({ pool }: Store): Promise<boolean> {
  return (await run(pool, 'programme/read-programme', [])).length > 0
}

/**
 * Ingests what was never in the figures, in the order in which a programme would receive it: what
 * somebody withdrew stays withdrawn.
 */
async function ingestMissing(
  store: OwnProgrammeStore,
  folder: string,
  files: readonly DemonstrationFile[],
): Promise<void> {
  const done = await inPrisma(store.database, (prisma) =>
    prisma.submission.findMany({
      where: { ...IN_FIGURES, state: { in: ['linked', 'withdrawn'] } },
      select: { serviceCode: true, quarter: true, kind: true },
    }),
  )
  const taken = new Set(
    done.map(({ serviceCode, quarter, kind }) => `${serviceCode} ${quarter} ${kind}`),
  )
  // With few people a service may have seen nobody in a quarter.
  const missing = files.filter(
    ({ rows, service, quarter, kind = 'people' }) =>
      rows > 0 && !taken.has(`${service} ${quarter} ${kind}`),
  )
  for (const [index, file] of missing.entries()) {
    const result = await ingestFile(store, join(folder, file.file), {
      service: file.service,
      quarter: file.quarter,
      ...(file.kind === undefined ? {} : { kind: file.kind }),
      dataset: 'production',
      mapping: await readDemonstrationMapping(folder, file),
      leaveOut: true,
      confirm: true,
    })
    if (!result.ok) {
      sayNotTaken(result)
      throw new Fault('database-refused', { file: file.file, code: result.code })
    }
    const rejected = result.file?.rows.rejected ?? 0
    say(
      `${String(index + 1).padStart(2)} of ${missing.length}  ${file.service} ${file.quarter}${file.kind === undefined ? '' : `, ${file.kind}`}: ${result.file?.rows.accepted ?? 0} rows accepted${rejected === 0 ? '' : `, ${rejected} left out`}`,
    )
  }
}
