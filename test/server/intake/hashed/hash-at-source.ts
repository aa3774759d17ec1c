import { createHash } from 'node:crypto'
import { hashTable, type HashedFile, type HashedOutput } from '#core/hashed-file/hash-table.ts'
import { writeManifest, type Manifest } from '#core/hashed-file/manifest.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import { suggestFurther } from '#core/mapping/suggestions/suggest-further.ts'
import { suggestMapping } from '#core/mapping/suggestions/suggest.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { ALL_PEOPLE } from '#core/preparation/rows-left-out/kept-people.ts'
import { createHmacEngine, type HmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { manifestHmac } from '#core/pseudonym/keys.ts'
import { preparePseudonymKeys } from '#core/pseudonym/pseudonymise.ts'
import { openTable } from '#core/tabular/open-table.ts'
import type { FileKind } from '#core/standard/further-fields.ts'
import { isQuarter } from '#core/standard/quarter.ts'
import type { SourceKey } from '#server/keys/key-ring.ts'
import { areaLookup } from '#server/programme/postcodes/area-lookup.ts'
import { readAreas } from '#server/programme/postcodes/postcode-areas.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import type { OwnProgrammeStore } from '#server/store/store.ts'

/**
 * What a trust does: the same clear file, hashed by the hasher's own code with the key and areas of
 * a store.
 */

export interface AtSource {
  readonly csv: Uint8Array
  readonly manifest: Uint8Array
  readonly hmac: Uint8Array
  /** In a bridge quarter: csv, manifest and hmac of the file made with the older key. */
  readonly bridge: readonly Uint8Array[]
}

interface Place {
  readonly service?: string
  readonly provider?: string
  readonly quarter?: string
  readonly kind?: FileKind
  /** How its columns are matched, where it is not what is suggested. */
  readonly mapping?: Mapping
  readonly key?: SourceKey
  readonly bridgeKey?: SourceKey
}

/** The files of one, as they are sent together. */
export function filesOf({ csv, manifest, hmac, bridge }: AtSource): Uint8Array[] {
  return [csv, manifest, hmac, ...bridge]
}

export async function hashAtSource(
  store: OwnProgrammeStore,
  bytes: Uint8Array,
  place: Place = {},
): Promise<AtSource> {
  const { service = 'health-visiting', provider = 'bridge', quarter = '2024-Q1' } = place
  const { kind = 'people' } = place
  if (!isQuarter(quarter)) throw new Error(quarter)
  const table = await openTable(
    {
      name: 'extract.csv',
      size: bytes.length,
      read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
    },
    kind === 'people' ? {} : { people: ALL_PEOPLE },
  )
  const rows = []
  for await (const batch of table.batches()) rows.push(...batch.rows)
  const { header, receipt } = table
  const known = await readFramework(store.pool)
  const source = { header, receipt, quarter, sampleRows: rows.slice(0, 500) }
  const { mapping } =
    kind === 'people' ? suggestMapping(source) : suggestFurther(kind, source, known?.framework)
  const compiled = compileMapping(place.mapping ?? mapping, header, undefined, kind)
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ code }) => code).join())
  const client = await store.pool.connect()
  const areas = await readAreas(client).finally(() => {
    client.release()
  })
  const engine = createHmacEngine()
  const target = (key: SourceKey): { keys: ReturnType<typeof prepare>; output: Kept } => {
    return { keys: prepare(engine, key), output: new Kept() }
  }
  const own = target(place.key ?? store.keys.currentSource)
  const old = place.bridgeKey === undefined ? undefined : target(place.bridgeKey)
  const hashed = await hashTable(
    {
      ...{ table, quarter, provider, service, mapper: compiled.mapper, target: own },
      ...(old === undefined ? {} : { bridge: old }),
      live: store.programme.live,
      areas: areaLookup(areas),
      ...(known === undefined ? {} : { framework: known }),
      leaveOut: true,
      confirm: true,
      tool: 'test-hasher',
      toolVersion: '1',
      selfTest: { passed: 480, failed: 0 },
    },
    { sha256: () => createHash('sha256') },
  )
  engine.dispose()
  if (!hashed.ok) throw new Error(hashed.code)
  const written = (file: HashedFile, { bytes: csv }: Kept): Uint8Array[] => [
    csv,
    file.manifestBytes,
    file.hmacBytes,
  ]
  const [csv, manifest, hmac] = written(hashed.file, own.output)
  const bridge =
    hashed.bridge === undefined || old === undefined ? [] : written(hashed.bridge, old.output)
  if (csv === undefined || manifest === undefined || hmac === undefined) throw new Error('no file')
  return { csv, manifest, hmac, bridge }
}

/**
 * The same files with something changed, signed again with the key: what only a holder of the key
 * can forge.
 */
export function forge(
  { csv, manifest, bridge }: AtSource,
  key: SourceKey,
  change: { readonly csv?: (text: string) => string; readonly manifest?: Partial<Manifest> },
): AtSource {
  const text = new TextDecoder().decode(csv)
  const changed = new TextEncoder().encode(change.csv?.(text) ?? text)
  const before = JSON.parse(new TextDecoder().decode(manifest)) as Manifest
  const bytes = writeManifest({
    ...before,
    csv_bytes: changed.length,
    csv_sha256: createHash('sha256').update(changed).digest('hex'),
    ...change.manifest,
  })
  const engine = createHmacEngine()
  const hmac = new TextEncoder().encode(`${manifestHmac(engine.prepareKey(key.key), bytes)}\n`)
  engine.dispose()
  return { csv: changed, manifest: bytes, hmac, bridge }
}

function prepare(engine: HmacEngine, key: SourceKey): ReturnType<typeof preparePseudonymKeys> {
  return preparePseudonymKeys(engine, { source: key.key, platform: [] })
}

class Kept implements HashedOutput {
  bytes = new Uint8Array()

  write(bytes: Uint8Array): Promise<void> {
    this.bytes = new Uint8Array(Buffer.concat([this.bytes, bytes]))
    return Promise.resolve()
  }

  restart(): Promise<void> {
    this.bytes = new Uint8Array()
    return Promise.resolve()
  }
}
