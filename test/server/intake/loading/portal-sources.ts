import type { Mapping } from '#core/mapping/mapping.ts'
import { createHmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { hexOf } from '#core/pseudonym/keys.ts'
import { PSEUDONYM_COUNT } from '#core/pseudonym/kinds.ts'
import { preparePseudonymKeys, pseudonymiseBatch } from '#core/pseudonym/pseudonymise.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import { readFile } from '#server/intake/reading/read-file.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'

/**
 * What the portal's own reading makes of a file before the platform keys: the source pseudonyms
 * of each record.
 */
export async function portalSources(
  store: OwnProgrammeStore,
  given: {
    readonly path: string
    readonly mapping: Mapping
    readonly provider: string
    readonly service: string
  },
): Promise<string[]> {
  const keys = preparePseudonymKeys(createHmacEngine(), {
    source: store.keys.currentSource.key,
    platform: [],
  })
  const client = await store.pool.connect()
  const areas = await readAreas(client).finally(() => {
    client.release()
  })
  const lines: string[] = []
  await readFile(
    {
      source: { kind: 'local', path: given.path, name: 'given.csv' },
      want: 'records',
      mapping: given.mapping,
      previous: null,
      quarter: '2024-Q1',
      providerCode: given.provider,
      serviceCode: given.service,
      live: store.programme.live,
      areas,
    },
    {
      records: ({ from }) => {
        if ('present' in from) throw new Error('hashed already')
        const { rows, width, bytes, present } = pseudonymiseBatch(keys, from)
        for (let row = 0; row < rows; row++) {
          const cells = Array.from({ length: PSEUDONYM_COUNT }, (_, column) => {
            const position = row * PSEUDONYM_COUNT + column
            return present[position] === 1
              ? hexOf(bytes.subarray(position * width, (position + 1) * width))
              : ''
          })
          lines.push(cells.join())
        }
        return Promise.resolve()
      },
    },
  )
  return lines
}
