import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import type { FurtherKind } from '#core/standard/further-fields.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { writePlainCsv } from '#core/tabular/writing/csv-writer.ts'

import { type EventFile, eventFiles } from './event-files.ts'
import { INVENTED_DIRECTORY, inventedDirectoryCsv } from './invented-directory.ts'
import { inventedTargetsCsv } from './invented-targets.ts'
import { LEFT_OVER } from './left-over.ts'
import { type Place, PLACES } from './places.ts'
import { makePopulation, type Person } from './population.ts'
import { mappingOf, renderFile } from './render-file.ts'
import { type ServiceFile, serviceFiles } from './service-files.ts'
import { SERVICE_HABITS } from './service-habits.ts'
import { type TrueRecord, countTrueReach, truthCsv } from './truth.ts'
import { withMistakes, withUnknownWords } from './visitors-files.ts'
import { wardPopulationsCsv } from './ward-populations.ts'

/**
 * The demonstration as files: what eleven services would have sent over three quarters, four of them
 * activities or outcomes as well, and the truth to hold figures against.
 */

export interface DemonstrationOptions {
  readonly seed: number
  /** How many people live in the families; about four fifths are seen by a service. */
  readonly people: number
}

export interface DemonstrationFile {
  /** Path inside the demonstration's folder. */
  readonly file: string
  readonly provider: string
  readonly service: string
  readonly quarter: Quarter
  /** What its rows are about, where it is not people and service use. */
  readonly kind?: FurtherKind
  /** Path of a mapping file, where headers and words alone do not decide. */
  readonly mapping?: string
  readonly rows: number
}

/** What manifest.json holds. */
export interface DemonstrationManifest {
  readonly format: 'countonce-demonstration-1'
  readonly seed: number
  readonly people: number
  readonly quarters: readonly Quarter[]
  readonly postcodes: 'postcodes.csv'
  /** The same places in the form of the ONS Postcode Directory, invented too. */
  readonly postcodeDirectory: typeof INVENTED_DIRECTORY
  /** How many people live in each ward; a demonstration that was made before it has none. */
  readonly populations?: 'populations.csv'
  /** What services aim at in each quarter; a demonstration that was made before it has none. */
  readonly targets?: 'targets.csv'
  readonly truth: 'truth.csv'
  readonly trueReach: 'true-reach.json'
  /** Who truly came to which activity, and how many came whom nobody names. */
  readonly trueActivities: 'true-activities.csv'
  /** Every score that was truly taken, of whom. */
  readonly trueScores: 'true-scores.csv'
  /** Of people and service use, in the order in which a programme would receive them. */
  readonly files: readonly DemonstrationFile[]
  /** Of activities and outcomes; a demonstration that was made before them has none. */
  readonly further?: readonly DemonstrationFile[]
  /** For a visitor to upload: in no truth and no figure until then. */
  readonly leftOver: readonly DemonstrationFile[]
}

export const DEMONSTRATION_QUARTERS: readonly [Quarter, ...Quarter[]] = [
  '2024-Q1',
  '2024-Q2',
  '2024-Q3',
]

const [WITH_MISTAKES, WITH_UNKNOWN_WORDS] = LEFT_OVER

/**
 * Writes the demonstration's files into a folder; answers the manifest that lists them and the
 * truth of those to be ingested.
 */
export async function writeDemonstration(
  folder: string,
  options: DemonstrationOptions,
): Promise<{ manifest: DemonstrationManifest; truth: readonly TrueRecord[] }> {
  const { sent, events, left, people } = makeDemonstration(options)
  for (const name of ['mappings', 'left-over', ...DEMONSTRATION_QUARTERS]) {
    await mkdir(path.join(folder, name), { recursive: true })
  }
  for (const habit of SERVICE_HABITS) {
    if (!habit.needsMapping) continue
    const mapping = `${JSON.stringify(mappingOf(habit), null, 2)}\n`
    await writeFile(path.join(folder, 'mappings', `${habit.service}.json`), mapping)
  }
  const files: DemonstrationFile[] = []
  for (const file of sent) files.push(await writeServiceFile(folder, file.quarter, file))
  const further: DemonstrationFile[] = []
  for (const file of events) further.push(await writeEventFile(folder, file))
  const leftOver: DemonstrationFile[] = []
  for (const file of left) leftOver.push(await writeServiceFile(folder, 'left-over', file))

  const truth = sent.flatMap((file) => file.truth)
  const manifest: DemonstrationManifest = {
    format: 'countonce-demonstration-1',
    ...options,
    quarters: DEMONSTRATION_QUARTERS,
    postcodes: 'postcodes.csv',
    postcodeDirectory: INVENTED_DIRECTORY,
    truth: 'truth.csv',
    trueReach: 'true-reach.json',
    populations: 'populations.csv',
    targets: 'targets.csv',
    trueActivities: 'true-activities.csv',
    trueScores: 'true-scores.csv',
    files,
    further,
    leftOver,
  }
  await writeFile(path.join(folder, manifest.postcodes), postcodesCsv(PLACES))
  await writeFile(path.join(folder, manifest.postcodeDirectory), inventedDirectoryCsv())
  await writeFile(path.join(folder, 'populations.csv'), wardPopulationsCsv(people))
  const ofServices = countTrueReach(truth, ['service', 'quarter'])
  await writeFile(
    path.join(folder, 'targets.csv'),
    inventedTargetsCsv(ofServices, DEMONSTRATION_QUARTERS),
  )
  await writeFile(path.join(folder, manifest.truth), truthCsv(truth))
  await writeFile(path.join(folder, manifest.trueActivities), trueActivitiesCsv(events))
  await writeFile(path.join(folder, manifest.trueScores), trueScoresCsv(events))
  const reach = countTrueReach(truth, ['service', 'ward', 'quarter'])
  await writeFile(path.join(folder, manifest.trueReach), `${JSON.stringify(reach, null, 2)}\n`)
  await writeFile(path.join(folder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  return { manifest, truth }
}

/**
 * The demonstration in memory: files to be ingested, quarter by quarter, those of activities and
 * outcomes, those left for a visitor, and everybody who lives in the families.
 */
export function makeDemonstration(options: DemonstrationOptions): {
  sent: ServiceFile[]
  events: EventFile[]
  left: ServiceFile[]
  people: readonly Person[]
} {
  const population = makePopulation({ ...options, quarters: DEMONSTRATION_QUARTERS })
  const all = SERVICE_HABITS.flatMap((habit) => serviceFiles(population, habit, options.seed))
  const last = DEMONSTRATION_QUARTERS.at(-1)
  const isLeft = (file: ServiceFile): boolean =>
    file.quarter === last && LEFT_OVER.some((service) => service === file.habit.service)
  const left = all.filter(isLeft)
  const sent = DEMONSTRATION_QUARTERS.flatMap((quarter) =>
    all.filter((file) => file.quarter === quarter && !isLeft(file)),
  )
  const events = eventFiles(sent, options.seed)
  return { sent, events, left: left.map(asLeft), people: population.people }
}

function asLeft(file: ServiceFile): ServiceFile {
  switch (file.habit.service) {
    case WITH_MISTAKES:
      return withMistakes(file)
    case WITH_UNKNOWN_WORDS:
      return withUnknownWords(file)
    default:
      return file
  }
}

/** A postcode file for `countonce init`: every place of the demonstration. */
export function postcodesCsv(places: readonly Place[]): string {
  const rows = places.map((place) => [
    ...[place.postcode, place.ward, place.imdDecile, place.inArea ? 'yes' : 'no'],
  ])
  return writePlainCsv([['postcode', 'ward', 'imd_decile', 'in_area'], ...rows])
}

/** Every attendance and head count as it truly is, a line each. */
function trueActivitiesCsv(files: readonly EventFile[]): string {
  const rows = files.flatMap(({ service, quarter, truth }) =>
    truth.flatMap((event): (string | number)[][] => {
      if (event.is === 'score') return []
      const who =
        event.is === 'attendance' ? [event.person, 0, 0] : ['', event.adults, event.children]
      return [[service, quarter, event.activity, ...who]]
    }),
  )
  const header = ['service', 'quarter', 'activity', 'person', 'adults', 'children']
  return writePlainCsv([header, ...rows])
}

/** Every score as it was truly taken, a line each, however many files tell of it. */
function trueScoresCsv(files: readonly EventFile[]): string {
  const rows = files.flatMap(({ service, truth }) =>
    truth.flatMap((event) => {
      if (event.is !== 'score') return []
      const { person, instrument, subScale, timePoint, day, score } = event
      return [[service, person, instrument, subScale, timePoint, day, score]]
    }),
  )
  const header = ['service', 'person', 'instrument', 'sub_scale', 'time_point', 'day', 'score']
  const distinct = new Map(rows.map((row) => [JSON.stringify(row), row]))
  return writePlainCsv([header, ...distinct.values()])
}

async function writeEventFile(folder: string, file: EventFile): Promise<DemonstrationFile> {
  const { service, provider, quarter, kind, header, rows } = file
  const name = `${quarter}/${service}-${quarter}-${kind}.csv`
  const mapping = `mappings/${service}-${kind}.json`
  await writeFile(path.join(folder, name), writePlainCsv([header, ...rows]))
  await writeFile(path.join(folder, mapping), `${JSON.stringify(file.mapping, null, 2)}\n`)
  return { file: name, ...{ provider, service, quarter, kind, mapping, rows: rows.length } }
}

async function writeServiceFile(
  folder: string,
  inside: string,
  file: ServiceFile,
): Promise<DemonstrationFile> {
  const { habit, quarter } = file
  const name = `${inside}/${habit.service}-${quarter}.${habit.form.kind}`
  await writeFile(path.join(folder, name), renderFile(file))
  return {
    file: name,
    provider: habit.provider,
    service: habit.service,
    quarter,
    ...(habit.needsMapping ? { mapping: `mappings/${habit.service}.json` } : {}),
    rows: file.rows.length,
  }
}
