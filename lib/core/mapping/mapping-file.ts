import { z } from 'zod'
import { holdsIdentifier } from '#core/filling/typed-words.ts'
import { KEPT_PEOPLE } from '#core/preparation/rows-left-out/kept-people.ts'
import { PREPARATION } from '#core/preparation/preparation-schema.ts'
import { FURTHER_KINDS } from '#core/standard/further-fields.ts'
import { ENCODINGS } from '#core/tabular/table.ts'
import type { Mapping } from './mapping.ts'
import { isUnsafeName } from './unsafe-name.ts'

/**
 * The JSON form of a mapping, read as a stranger's: nothing in it is trusted before it has passed
 * the schema.
 */

const NAME_LENGTH = 1000
const MAPPING_LENGTH = 1_000_000

const name = z.string().min(1).max(NAME_LENGTH)
const names = z.record(name, name)

/** One column of scores of an outcome file in wide form. */
export const WIDE_SCORE = z.strictObject({
  column: name,
  date: name,
  measure: name,
  subScale: name.exactOptional(),
  timePoint: z.enum(['baseline', 'follow_up', 'exit']),
})

const MAPPING = z.strictObject({
  kind: z.enum(FURTHER_KINDS).exactOptional(),
  shape: z.enum(['person', 'child-and-carer', 'contacts']).exactOptional(),
  sheet: name.exactOptional(),
  headerRow: z.int().min(1).max(2_000_000).exactOptional(),
  encoding: z.enum(ENCODINGS).exactOptional(),
  separator: z.enum([',', ';', '\t', '|']).exactOptional(),
  preparation: PREPARATION.exactOptional(),
  people: KEPT_PEOPLE.exactOptional(),
  reference: z.enum(['name-and-birth']).exactOptional(),
  columns: names,
  constants: names.exactOptional(),
  values: z
    .record(name, z.record(z.string().max(NAME_LENGTH), z.string().max(NAME_LENGTH)))
    .exactOptional(),
  split: z.record(name, z.array(name).min(1).max(2)).exactOptional(),
  join: z.record(name, z.array(name).min(2).max(6)).exactOptional(),
  scores: z.array(WIDE_SCORE).min(1).max(200).exactOptional(),
})

/** Why a mapping file is not read; `at` names the key, never a value. */
export interface MappingFileRefusal {
  readonly ok: false
  readonly code:
    | 'mapping-too-long'
    | 'mapping-not-json'
    | 'mapping-unsafe-name'
    | 'mapping-not-valid'
  readonly at: string
}

/**
 * Reads the text of a mapping file. A name such as `__proto__` is refused wherever it stands, and so
 * is a rule that gives somebody's identifier.
 */
export function parseMappingFile(
  text: string,
): { readonly ok: true; readonly mapping: Mapping } | MappingFileRefusal {
  if (text.length > MAPPING_LENGTH) return refusal('mapping-too-long')
  let value: unknown
  try {
    value = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch {
    return refusal('mapping-not-json')
  }
  const read = readMapping(value)
  const rules = read.ok ? (read.mapping.preparation?.filling?.rules ?? []) : []
  return rules.some(holdsIdentifier)
    ? { ok: false, code: 'mapping-not-valid', at: 'preparation' }
    : read
}

/** Reads a mapping from a parsed value, from a file or from a store. */
export function readMapping(
  value: unknown,
): { readonly ok: true; readonly mapping: Mapping } | MappingFileRefusal {
  if (holdsUnsafeName(value, 0)) return refusal('mapping-unsafe-name')
  const parsed = MAPPING.safeParse(value)
  if (parsed.success) return { ok: true, mapping: parsed.data }
  const issue = parsed.error.issues[0]
  const at = issue?.code === 'unrecognized_keys' ? '' : String(issue?.path[0] ?? '')
  return { ok: false, code: 'mapping-not-valid', at }
}

function refusal(code: MappingFileRefusal['code']): MappingFileRefusal {
  return { ok: false, code, at: '' }
}

const DEEPEST = 6

function holdsUnsafeName(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return isUnsafeName(value)
  if (typeof value !== 'object' || value === null) return false
  // Deeper than any mapping goes: the schema refuses it without our walking on.
  if (depth > DEEPEST) return false
  if (Array.isArray(value)) return value.some((item: unknown) => holdsUnsafeName(item, depth + 1))
  return Object.entries(value).some(
    ([key, item]) => isUnsafeName(key) || holdsUnsafeName(item, depth + 1),
  )
}
