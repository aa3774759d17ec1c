import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import { readDemonstrationMapping, readManifest } from '#server/demonstration/load-demonstration.ts'
import {
  writeDemonstration,
  type DemonstrationManifest,
} from '#server/demonstration/write-demonstration.ts'
import { projectFolder } from '#server/db/project-folder.ts'
import { Fault } from '#server/faults/fault.ts'
import { initKeys } from '#server/keys/keys.ts'
import { initProgramme } from '#server/programme/init-programme.ts'
import { parseRegister } from '#server/programme/register.ts'
import { measureReach } from '#server/reach/measure-reach.ts'
import { openProgrammeStore, openStore, type ProgrammeStore } from '#server/store.ts'
import { sweepFiles } from '#server/submissions/sweep-files.ts'
import { exitWith } from '../run-command.ts'
import { sayNotTaken } from '../show-submission.ts'
import { DONE, FAULT, print, say } from '../terminal.ts'
import { dataFolder, OPERATOR } from '../with-store.ts'
import { ingestFile } from './ingest.ts'
import { readPostcodes } from './init.ts'
import { showReach } from './reach.ts'

interface Options {
  seed: number
  people: number
}

/** countonce demo: an invented programme, ingested and counted. */
export function addDemoCommand(program: Command): void {
  const command = program
    .command('demo')
    .description(
      'make an invented programme: eleven services, three quarters, ingested and counted',
    )
    .option('--seed <n>', 'another seed makes other people', parseCount, 1)
    .option('--people <n>', 'how many people live in its families', parseCount, 3000)
  exitWith<Options>(command, async ({ data, seed, people }) => {
    const store = await openDemonstration(dataFolder(data), { seed, people })
    try {
      return await showDemonstration(store)
    } finally {
      await store.close()
    }
  })
}

/** Opens the store of the demonstration, made and filled on the first start; a start that was interrupted is gone on with. */
export async function openDemonstration(
  dataDir: string,
  options: Options & { keepRunning?: boolean },
): Promise<ProgrammeStore> {
  const folder = join(dataDir, 'demonstration')
  const manifest = (await readManifest(folder)) ?? (await write(folder, options))
  await makeProgramme(dataDir, join(folder, manifest.postcodes))
  const store = await openProgrammeStore({
    dataDir,
    env: process.env,
    onNotice: say,
    ...(options.keepRunning === undefined ? {} : { keepRunning: options.keepRunning }),
  })
  try {
    await sweepFiles(store, new Date())
    await ingestMissing(store, folder, manifest)
    return store
  } catch (error) {
    await store.close()
    throw error
  }
}

/** Prints what the demonstration reached. */
export async function showDemonstration(store: ProgrammeStore): Promise<number> {
  const { rows } = await store.pool.query<{ from: string; to: string }>(
    `select min(quarter) as from, max(quarter) as to from submission where state = 'linked' and dataset = 'production'`,
  )
  const [period] = rows
  if (period === undefined) return FAULT
  const reach = await measureReach(
    store.pool,
    { dataset: 'production', from: period.from as '2024-Q1', to: period.to as '2024-Q1' },
    ['service'],
  )
  print(
    `${store.programme.name}: people reached from ${period.from} to ${period.to}, all of them invented`,
  )
  print()
  showReach(reach, ['service'])
  return DONE
}

async function write(folder: string, options: Options): Promise<DemonstrationManifest> {
  say(`Inventing ${options.people} people and the files of their services …`)
  return (await writeDemonstration(folder, options)).manifest
}

async function makeProgramme(dataDir: string, postcodes: string): Promise<void> {
  const store = await openStore({ dataDir, env: process.env, onNotice: say, keepRunning: true })
  try {
    const { rowCount } = await store.pool.query('select from programme')
    if (rowCount === 0) {
      const path = join(projectFolder('lib'), 'server', 'programme', 'leap.json')
      const register = parseRegister(readFileSync(path, 'utf8'))
      const made = await initProgramme(
        store.pool,
        OPERATOR,
        register,
        await readPostcodes(postcodes),
      )
      if (!made.ok) throw new Fault(made.code)
    }
    await initKeys({ dataDir, env: process.env, demonstration: true })
  } finally {
    await store.close()
  }
}

/** Ingests what is not in the figures yet, in the order in which a programme would receive it. */
async function ingestMissing(
  store: ProgrammeStore,
  folder: string,
  manifest: DemonstrationManifest,
): Promise<void> {
  const { rows } = await store.pool.query<{ service: string; quarter: string }>(
    `select service_code as service, quarter from submission where state = 'linked' and dataset = 'production'`,
  )
  const linked = new Set(rows.map((row) => `${row.service} ${row.quarter}`))
  const missing = manifest.files.filter((file) => !linked.has(`${file.service} ${file.quarter}`))
  for (const [index, file] of missing.entries()) {
    const result = await ingestFile(store, join(folder, file.file), {
      service: file.service,
      quarter: file.quarter,
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
      `${String(index + 1).padStart(2)} of ${missing.length}  ${file.service} ${file.quarter}: ${result.file?.rows.accepted ?? 0} rows accepted${rejected === 0 ? '' : `, ${rejected} left out`}`,
    )
  }
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('A whole number from 1.')
  return count
}
