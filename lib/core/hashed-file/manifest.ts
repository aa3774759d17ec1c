/**
 * What stands beside a hashed file: how it was made, what it holds, and that it adds up.
 * Source: docs/pseudonymisation.md, "Hashed file".
 */
import { z } from 'zod'
import type { CheckOutcome } from '#core/checks/check-outcome.ts'
import type { ReachKind } from '#core/standard/further-fields.ts'
import { isQuarter, type Quarter } from '#core/standard/quarter.ts'
import { TABLE_DIGESTS } from '#core/pseudonym/generated/table-digests.ts'
import { PSEUDONYM_COLUMNS, type PseudonymColumn } from '#core/pseudonym/kinds.ts'
import type {
  BlankField,
  BlankReason,
  KeptFinding,
  NothingMade,
} from '#core/pseudonym/normalising/normalised-value.ts'
import { PSEUDONYM_VERSION } from './hashed-columns.ts'

/** The format that a manifest names first. */
const MANIFEST_FORMAT = 'countonce-manifest-2'

/**
 * The most bytes of a manifest: some fifteen thousand are enough for every code in every column.
 */
const MANIFEST_BYTES = 200_000

const count = z.int().min(0)
const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))
const code = z.string().regex(/^[a-z0-9-]{1,64}$/)
const toolText = z.string().regex(/^[A-Za-z0-9 ._+-]{1,64}$/)

const FIELDS = {
  nhs: true,
  email: true,
  mobile: true,
  birth: true,
  gender: true,
  first: true,
  last: true,
  postcode: true,
  ref: true,
} satisfies Record<BlankField, true>

const REASONS = {
  character: true,
  missing: true,
  exponent: true,
  'not-10-digits': true,
  placeholder: true,
  'check-digit': true,
  test: true,
  'not-ascii': true,
  'not-one-at': true,
  'local-part': true,
  domain: true,
  unreadable: true,
  landline: true,
  'not-m-or-f': true,
  pattern: true,
  impossible: true,
  future: true,
  'over-120': true,
  'no-letters': true,
  'one-letter': true,
} satisfies Record<BlankReason, true>

const NOTHING_MADE = {
  'alternate-none': true,
  'sound-short': true,
} satisfies Record<NothingMade, true>

const FINDINGS = {
  'birth-two-digit-year': true,
  'first-please-confirm': true,
  'last-please-confirm': true,
} satisfies Record<KeptFinding, true>

const blankCode = z
  .string()
  .regex(
    new RegExp(
      `^(?:not-for-role|${Object.keys(NOTHING_MADE).join('|')}|` +
        `(?:${Object.keys(FIELDS).join('|')})-(?:${Object.keys(REASONS).join('|')}))$`,
    ),
  )
const findingCode = z.string().regex(new RegExp(`^(?:${Object.keys(FINDINGS).join('|')})$`))
const columnCount = z.strictObject({ made: count, blank: z.record(blankCode, count) })

const EVENTS = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('activities'),
    activities: count,
    attendances: count,
    adults: count,
    children: count,
  }),
  z.strictObject({
    kind: z.literal('outcomes'),
    /** The version of the framework that scores were read by. */
    framework: z.int().min(1),
    scores: count,
  }),
])

/** What a manifest says of the events of a file of activities or outcomes. */
export type ManifestEvents = Readonly<z.infer<typeof EVENTS>>

/** What the rows were about that a manifest is of. */
export function kindOfManifest({ events }: Pick<Manifest, 'events'>): ReachKind {
  return events?.kind ?? 'people'
}

const MANIFEST = z.strictObject({
  format: z.literal(MANIFEST_FORMAT),
  pseudonym_version: z.literal(PSEUDONYM_VERSION),
  source_key_check: hex(16),
  live: z.boolean(),
  provider: code,
  service: code,
  quarter: z.string().refine(isQuarter),
  bridge_for: hex(64).nullable(),
  rows: z.strictObject({ read: count, accepted: count, rejected: count, blank: count }),
  records: count,
  family_ties: count,
  columns: z.strictObject(
    Object.fromEntries(PSEUDONYM_COLUMNS.map(({ column }) => [column, columnCount])) as Record<
      PseudonymColumn,
      typeof columnCount
    >,
  ),
  findings: z.record(findingCode, count),
  tool: toolText,
  tool_version: toolText,
  tables: z.strictObject({ fold: hex(64), names: hex(64), vectors: hex(64) }),
  self_test: z.strictObject({ passed: count, failed: count }),
  csv_bytes: count,
  csv_sha256: hex(64),
  /** Left out of a file of people and service use. */
  events: EVENTS.exactOptional(),
})

/** A manifest, with exactly the members of the specification. */
export type Manifest = z.infer<typeof MANIFEST>

/** What a manifest says beside what the check of the file came to. */
export interface ManifestFacts {
  readonly sourceKeyCheck: string
  readonly live: boolean
  readonly provider: string
  readonly service: string
  readonly quarter: Quarter
  /** Of a bridge file, the csv_sha256 of the other. */
  readonly bridgeFor: string | null
  readonly tool: string
  readonly toolVersion: string
  readonly selfTest: { readonly passed: number; readonly failed: number }
  readonly csvBytes: number
  readonly csvSha256: string
  /** Of outcomes, the version of the framework that scores were read by. */
  readonly frameworkVersion?: number
}

/**
 * The manifest of a file that was checked and written. Rows that are not people are counted with
 * those that were left out for another reason.
 */
export function manifestOf(
  outcome: Pick<
    CheckOutcome,
    'rows' | 'records' | 'familyTies' | 'columns' | 'keptFindings' | 'activities' | 'scores'
  >,
  facts: ManifestFacts,
): Manifest {
  const { rows, records, familyTies, columns, keptFindings } = outcome
  return {
    format: MANIFEST_FORMAT,
    pseudonym_version: PSEUDONYM_VERSION,
    source_key_check: facts.sourceKeyCheck,
    live: facts.live,
    provider: facts.provider,
    service: facts.service,
    quarter: facts.quarter,
    bridge_for: facts.bridgeFor,
    rows: {
      read: rows.read,
      accepted: rows.accepted,
      rejected: rows.rejected + rows.leftOut,
      blank: rows.blank,
    },
    records,
    family_ties: familyTies,
    columns: columns as Manifest['columns'],
    findings: { ...keptFindings },
    tool: facts.tool,
    tool_version: facts.toolVersion,
    tables: { ...TABLE_DIGESTS },
    self_test: { passed: facts.selfTest.passed, failed: facts.selfTest.failed },
    csv_bytes: facts.csvBytes,
    csv_sha256: facts.csvSha256,
    ...eventsOf(outcome, facts),
  }
}

function eventsOf(
  { activities, scores }: Pick<CheckOutcome, 'activities' | 'scores'>,
  { frameworkVersion }: ManifestFacts,
): { readonly events?: ManifestEvents } {
  if (activities !== undefined) {
    const { attendances, anonymousAdults: adults, anonymousChildren: children } = activities
    const held = activities.activities
    return { events: { kind: 'activities', activities: held, attendances, adults, children } }
  }
  if (scores === undefined) return {}
  if (frameworkVersion === undefined) throw new TypeError('scores are read by a framework')
  const sum = scores.reduce((total, of) => total + of.scores, 0)
  return { events: { kind: 'outcomes', framework: frameworkVersion, scores: sum } }
}

/** The bytes of a manifest file: JSON, UTF-8, LF at its end. They are what is signed. */
export function writeManifest(manifest: Manifest): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`)
}

/** Why a manifest is not read. */
export type ManifestRefusal =
  /** Not JSON with exactly the members of the specification, each of its form. */
  | 'manifest-unreadable'
  /** Of another format or version of the pseudonymisation. */
  | 'manifest-version'
  /** Counts that contradict each other. */
  | 'manifest-does-not-add-up'

/**
 * Reads the bytes of a manifest, as a stranger's. Whether it verifies, and agrees with the portal,
 * is for the caller.
 */
export function readManifest(
  bytes: Uint8Array,
):
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly code: ManifestRefusal } {
  const value = parseJson(bytes)
  if (value === undefined) return { ok: false, code: 'manifest-unreadable' }
  if (isOtherVersion(value)) return { ok: false, code: 'manifest-version' }
  const parsed = MANIFEST.safeParse(value)
  if (!parsed.success) return { ok: false, code: 'manifest-unreadable' }
  return addsUp(parsed.data)
    ? { ok: true, manifest: parsed.data }
    : { ok: false, code: 'manifest-does-not-add-up' }
}

function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length > MANIFEST_BYTES) return undefined
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    // A member of this name would vanish on its way through the schema.
    return text.includes('__proto__') ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/** Whether it says of itself, in the right form, that it is of another version. */
function isOtherVersion(value: unknown): boolean {
  const named = z.looseObject({ format: z.string(), pseudonym_version: z.string() })
  const parsed = named.safeParse(value)
  if (!parsed.success) return false
  const { format, pseudonym_version: version } = parsed.data
  const isManifest = /^countonce-manifest-[0-9]{1,4}$/.test(format)
  return isManifest && (format !== MANIFEST_FORMAT || version !== PSEUDONYM_VERSION)
}

function addsUp({ rows, records, family_ties, columns }: Manifest): boolean {
  return (
    rows.read === rows.accepted + rows.rejected + rows.blank &&
    // A row gives one record, or two that are tied; contacts are several rows a record.
    records - family_ties <= rows.accepted &&
    family_ties * 2 <= records &&
    records <= 2 * rows.accepted &&
    Object.values(columns).every(
      ({ made, blank }) =>
        Object.values(blank).reduce((sum, count) => sum + count, made) === records,
    )
  )
}
