/** Hashing of small tables in memory, for tests. */
import { createHash } from 'node:crypto'
import { NO_AREAS } from '#core/standard/area.ts'
import {
  hashTable,
  type Hashed,
  type HashedOutput,
  type HashingSurroundings,
  type HashingTask,
} from '#core/hashed-file/hash-table.ts'
import type { FurtherKind } from '#core/standard/further-fields.ts'
import { compileMapping } from '#core/mapping/compile-mapping.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { createHmacEngine, type HmacEngine } from '#core/pseudonym/hmac/hmac-engine.ts'
import { bytesFromHex } from '#core/pseudonym/keys.ts'
import { preparePseudonymKeys, type PseudonymKeys } from '#core/pseudonym/pseudonymise.ts'
import { tableOf } from '../checks/tables.ts'

export const KEY = bytesFromHex('3f9a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fca')
export const OLD_KEY = bytesFromHex(
  '91c2a01c7d2e8b46510ffab2977c3e40d8b61a95fe2047cd83316bb90425e7fc',
)

/** A key ready for hashing. */
function prepared(key: Uint8Array, engine: HmacEngine = createHmacEngine()): PseudonymKeys {
  return preparePseudonymKeys(engine, { source: key, platform: [] })
}

/** Keeps what was written, as text. */
export class KeptOutput implements HashedOutput {
  text = ''
  restarts = 0

  write(bytes: Uint8Array): Promise<void> {
    this.text += new TextDecoder().decode(bytes)
    return Promise.resolve()
  }

  restart(): Promise<void> {
    this.text = ''
    this.restarts++
    return Promise.resolve()
  }
}

export interface HashedText {
  readonly hashed: Hashed
  readonly output: KeptOutput
  readonly bridgeOutput: KeptOutput
  /** The lines below the header. */
  readonly lines: readonly string[]
}

export interface HashOptions extends Partial<
  Pick<HashingTask, 'leaveOut' | 'confirm' | 'areas' | 'quarter' | 'selfTest' | 'live'>
> {
  readonly shape?: Mapping['shape']
  readonly kind?: FurtherKind
  readonly constants?: Readonly<Record<string, string>>
  readonly bridge?: boolean
  readonly surroundings?: Partial<HashingSurroundings>
}

/** Hashes rows whose columns are called as the standard fields. */
export async function hash(
  fields: readonly string[],
  rows: readonly (readonly string[])[],
  { shape, kind, constants, bridge = false, surroundings = {}, ...options }: HashOptions = {},
): Promise<HashedText> {
  const mapping: Mapping = {
    columns: Object.fromEntries(fields.map((field) => [field, field])),
    ...(shape === undefined ? {} : { shape }),
    ...(kind === undefined ? {} : { kind }),
    ...(constants === undefined ? {} : { constants }),
  }
  const compiled = compileMapping(mapping, fields, undefined, kind)
  if (!compiled.ok) throw new Error(compiled.refusals.map(({ code }) => code).join())
  const output = new KeptOutput()
  const bridgeOutput = new KeptOutput()
  const hashed = await hashTable(
    {
      table: tableOf(fields, rows),
      mapper: compiled.mapper,
      quarter: '2024-Q1',
      live: true,
      areas: NO_AREAS,
      provider: 'trust-a',
      service: 'slt',
      target: { keys: prepared(KEY), output },
      ...(bridge ? { bridge: { keys: prepared(OLD_KEY), output: bridgeOutput } } : {}),
      leaveOut: false,
      confirm: true,
      tool: 'countonce-hash',
      toolVersion: '0.1.0',
      selfTest: { passed: 400, failed: 0 },
      ...options,
    },
    { sha256: () => createHash('sha256'), ...surroundings },
  )
  return { hashed, output, bridgeOutput, lines: output.text.split('\n').slice(1, -1) }
}
