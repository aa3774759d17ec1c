import type { Quarter } from '#core/standard/quarter.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import type { Service } from '#server/programme/register/read-programme.ts'
import { readFile, type Read } from '#server/intake/reading/read-file.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { readServiceMapping } from './service-mapping.ts'

/** A file on this machine that is looked at and not taken. */
export interface TriedFile {
  readonly path: string
  readonly name: string
  readonly quarter: Quarter
  readonly service: Service | undefined
  readonly mapping?: Mapping
}

/**
 * Reads a file without keeping anything of it: how its columns are matched, or with `checks` what its rows come to. Throws
 * ReadingRefused for a file that cannot be used.
 */
export async function tryFile(
  store: ProgrammeStore,
  file: TriedFile,
  want: 'columns' | 'checks',
): Promise<Read> {
  const areas = await withTransaction(store.database, readAreas)
  const last = await readServiceMapping(store.database, file.service?.code ?? '')
  return readFile(
    {
      source: { kind: 'local', path: file.path, name: file.name },
      want,
      mapping: file.mapping ?? null,
      previous: last?.mapping ?? null,
      quarter: file.quarter,
      providerCode: file.service?.providerCode ?? 'none',
      serviceCode: file.service?.code ?? 'none',
      live: store.programme.live,
      areas,
    },
    {},
  )
}
