import type { Quarter } from '#core/standard/quarter.ts'
import { preparationOf } from '#core/preparation/proposals/proposals.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import type { ReadingTold } from '#core/tabular/table.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import type { Service } from '#server/programme/register/read-programme.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import type { Read } from '#server/intake/reading/reading-end.ts'
import type { ColumnsTask, FurtherFile } from '#server/intake/reading/reading-task.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { readRemembered } from './service-mapping.ts'

/** A file on this machine that is looked at and not taken. */
export interface TriedFile {
  readonly path: string
  readonly name: string
  readonly quarter: Quarter
  readonly service: Service | undefined
  readonly mapping?: Mapping
  /** What is not to be found in the file. */
  readonly told?: ReadingTold
  /** Where its rows are not people and service use. */
  readonly further?: FurtherFile
}

/** Reads a file without keeping anything of it: how its columns are matched. */
export async function inspectFile(
  store: ProgrammeStore,
  file: TriedFile,
): Promise<Read<'columns'>> {
  return readFile({ ...(await lookOf(store, file)), want: 'columns' })
}

/**
 * The same as if every shape that the file seems to have were taken, each in the likeliest way: for
 * whoever has looked at what is proposed.
 */
export async function inspectAsProposed(
  store: ProgrammeStore,
  file: TriedFile,
): Promise<Read<'columns'>> {
  const look = await lookOf(store, file)
  const read = await readFile({ ...look, want: 'columns' })
  if (!read.ok || read.opened.proposals.length === 0) return read
  const preparation = preparationOf(read.opened.proposals, () => 0)
  return readFile({ ...look, reading: { ...look.reading, preparation }, want: 'columns' })
}

/** Reads a file without keeping anything of it: what its rows come to. */
export async function tryFile(store: ProgrammeStore, file: TriedFile): Promise<Read<'checks'>> {
  const areas = await withTransaction(store.database, (client) => readAreas(client, file.quarter))
  const { want, ...task } = {
    ...(await lookOf(store, file)),
    want: 'checks' as const,
    providerCode: file.service?.providerCode ?? 'none',
    serviceCode: file.service?.code ?? 'none',
    live: store.programme.live,
    areas,
  }
  return readFile({ ...task, want })
}

async function lookOf(
  store: ProgrammeStore,
  { path, name, mapping, told, service, quarter, further }: TriedFile,
): Promise<Omit<ColumnsTask, 'want'>> {
  return {
    source: { kind: 'local', path, name },
    mapping: mapping ?? null,
    ...(told === undefined ? {} : { told }),
    ...(further === undefined ? {} : { further }),
    previous: null,
    remembered: await readRemembered(store, {
      service: service?.code ?? '',
      kind: further?.kind ?? 'people',
    }),
    quarter,
  }
}
