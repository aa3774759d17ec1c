/**
 * The published vectors, run through the path that rows take. The portal and the hasher run them
 * before they touch a file. Source: docs/pseudonymisation.md, "Vectors and speed".
 */
import { isQuarter, referenceDay } from '#core/standard/quarter.ts'
import type { GivenRole } from '#core/standard/roles.ts'
import { blankCode } from './columns.ts'
import { createHmacEngine, type HmacEngine } from './hmac/hmac-engine.ts'
import { normaliseIdentifiers, type NormalisedIdentifiers } from './identifiers.ts'
import { bytesFromHex, hexOf, keyCheckValue, manifestHmac, refuseKey } from './keys.ts'
import {
  PSEUDONYM_COLUMNS,
  PSEUDONYM_COUNT,
  type DescribedPseudonym,
  type Kind,
  type PseudonymColumn,
} from './kinds.ts'
import { MessageBatch, type TakenBatch } from './message-batch.ts'
import { DateOrderCount } from './normalising/month-first.ts'
import { preparePseudonymKeys, pseudonymiseBatch, type PseudonymBatch } from './pseudonymise.ts'

/** The cells of a vector, by field of the standard; a field that is not there is blank. */
export type VectorInput = Readonly<
  Partial<
    Record<
      | 'client_ref'
      | 'first_name'
      | 'last_name'
      | 'date_of_birth'
      | 'gender'
      | 'nhs_number'
      | 'email'
      | 'mobile'
      | 'carer_email'
      | 'carer_mobile'
      | 'postcode',
      string
    >
  >
>

interface VectorCase {
  readonly id: string
  readonly input: VectorInput
  readonly quarter: string
  /** As given. */
  readonly role: string
  readonly live: boolean
}

/**
 * What one column of a record must be: components with what is made of them, or the code of a
 * blank.
 */
export interface ColumnVector extends VectorCase {
  readonly column: PseudonymColumn
  readonly kind: Kind
  readonly findings: readonly string[]
  readonly components?: readonly string[]
  readonly code?: string
  readonly message?: string
  readonly source?: string
  readonly p1?: string
  readonly p2?: string
}

/** What is kept of a field beside the pseudonyms. */
export interface FieldVector extends VectorCase {
  readonly field: 'birth' | 'gender' | 'role'
  readonly value: string
}

/** The form of vectors-v2.json, as far as it is run here. */
export interface PublishedVectors {
  readonly source_key: string
  readonly source_key_check: string
  readonly k1: string
  readonly k1_check: string
  readonly k2: string
  readonly k2_check: string
  readonly provider: string
  readonly service: string
  readonly manifest_hmac: { readonly bytes: string; readonly hmac: string }
  readonly keys_refused: readonly string[]
  readonly date_columns: readonly { readonly values: readonly string[]; readonly order: string }[]
  readonly vectors: readonly (ColumnVector | FieldVector)[]
}

/** What a manifest says of a self-test, and which vectors failed. */
export interface SelfTestResult {
  /** Vectors that came out as published. */
  readonly passed: number
  /** Vectors, and checks beside them, that did not; anything but 0 means stop. */
  readonly failed: number
  /** Ids of the failed, for the log: no value of any row. */
  readonly failures: readonly string[]
}

/**
 * Runs every vector, and what stands beside them but the key file. The engine learns the vectors'
 * keys: give it no other use.
 */
export function selfTest(
  published: PublishedVectors,
  engine: HmacEngine = createHmacEngine(),
): SelfTestResult {
  const bench = new VectorBench(published, engine)
  const failedVectors = published.vectors.filter((vector, index) => !bench.passes(vector, index))
  const failures = [...failedVectors.map(({ id }) => id), ...bench.failuresBeside()]
  return {
    passed: published.vectors.length - failedVectors.length,
    failed: failures.length,
    failures,
  }
}

/** What the vectors come to as the rows of one file, and the comparison of each with what was published. */
class VectorBench {
  private readonly published: PublishedVectors
  /** One a vector; null where it names a quarter or a role that there is not. */
  private readonly rows: readonly (VectorRow | null)[]
  /** By row and column, as hexadecimal. */
  private readonly messages: ReadonlyMap<number, string>
  /** Source pseudonyms, and platform pseudonyms by one key and by both. */
  private readonly made: readonly PseudonymBatch[]
  private readonly checks: readonly string[]
  private readonly manifest: string

  constructor(published: PublishedVectors, engine: HmacEngine) {
    this.published = published
    const rows = new MessageBatch({
      providerCode: published.provider,
      serviceCode: published.service,
    })
    this.rows = published.vectors.map((vector) => addVector(rows, vector))
    const batch = rows.take()
    this.messages = messagesOf(batch)
    const keys = preparePseudonymKeys(engine, {
      source: bytesFromHex(published.source_key),
      platform: [bytesFromHex(published.k1), bytesFromHex(published.k2)],
    })
    this.made = [0, 1, 2].map((links) =>
      pseudonymiseBatch({ ...keys, platform: keys.platform.slice(0, links) }, batch),
    )
    this.checks = [keys.source, ...keys.platform].map(keyCheckValue)
    const bytes = new TextEncoder().encode(published.manifest_hmac.bytes)
    this.manifest = manifestHmac(keys.source, bytes)
  }

  /** Whether the vector at an index comes out as published. */
  passes(vector: ColumnVector | FieldVector, index: number): boolean {
    const made = this.rows[index] ?? null
    if (made === null) return false
    const { record, row } = made
    if ('field' in vector) return record[vector.field] === vector.value
    const column = PSEUDONYM_COLUMNS.findIndex((rule) => rule.column === vector.column)
    const rule = PSEUDONYM_COLUMNS[column]
    if (rule?.kind !== vector.kind) return false
    if (!isSame(findingsOf(rule, record), vector.findings)) return false
    const position = row * PSEUDONYM_COUNT + column
    const message = this.messages.get(position)
    if (vector.code !== undefined) {
      return blankCode(rule, record) === vector.code && message === undefined
    }
    const codes = rule.kind === 'client' ? [this.published.provider, this.published.service] : []
    const components = [...codes, ...rule.components.map((name) => record.components[name].value)]
    const [source, p1, p2] = this.made.map((batch) => pseudonymAt(batch, position))
    return (
      isSame(components, vector.components ?? []) &&
      message === vector.message &&
      source === vector.source &&
      p1 === vector.p1 &&
      p2 === vector.p2
    )
  }

  failuresBeside(): string[] {
    const { published, checks } = this
    const failures: string[] = []
    const expected = [published.source_key_check, published.k1_check, published.k2_check]
    if (!isSame(checks, expected)) failures.push('key_check')
    if (this.manifest !== published.manifest_hmac.hmac) failures.push('manifest_hmac')
    for (const [index, key] of published.keys_refused.entries()) {
      if (refuseKey(bytesFromHex(key)) === null) failures.push(`keys_refused ${index}`)
    }
    for (const [index, { values, order }] of published.date_columns.entries()) {
      const count = new DateOrderCount()
      for (const value of values) count.add(value)
      if (count.isMonthFirst !== (order === 'month-first')) failures.push(`date_columns ${index}`)
    }
    return failures
  }
}

/** A vector as a row of the batch. */
interface VectorRow {
  readonly record: NormalisedIdentifiers
  readonly row: number
}

function addVector(rows: MessageBatch, vector: VectorCase): VectorRow | null {
  const record = normaliseVector(vector)
  if (record === null) return null
  const row = rows.rows
  rows.add(record)
  return { record, row }
}

/** A vector's record; null when it names a quarter or a role that there is not. */
function normaliseVector({ input, quarter, role, live }: VectorCase): NormalisedIdentifiers | null {
  if (!isQuarter(quarter) || !isGivenRole(role)) return null
  return normaliseIdentifiers(
    {
      clientRef: input.client_ref ?? '',
      firstName: input.first_name ?? '',
      lastName: input.last_name ?? '',
      dateOfBirth: input.date_of_birth ?? '',
      gender: input.gender ?? '',
      nhsNumber: input.nhs_number ?? '',
      email: input.email ?? '',
      mobile: input.mobile ?? '',
      carerEmail: input.carer_email ?? '',
      carerMobile: input.carer_mobile ?? '',
      postcode: input.postcode ?? '',
    },
    { referenceDay: referenceDay(quarter), date1904: false, givenRole: role, live },
  )
}

function isGivenRole(role: string): role is GivenRole {
  return role === '' || role === 'child' || role === 'parent' || role === 'adult'
}

/** The findings of a column's own components, in the order of a record's. */
export function findingsOf(
  rule: DescribedPseudonym,
  { components, findings }: NormalisedIdentifiers,
): string[] {
  return findings.filter((finding) =>
    rule.components.some((name) => components[name].finding === finding),
  )
}

function messagesOf({ bytes, offsets, positions }: TakenBatch): ReadonlyMap<number, string> {
  return new Map(
    Array.from(positions, (position, index) => [
      position,
      hexOf(bytes.subarray(offsets[index], offsets[index + 1])),
    ]),
  )
}

function pseudonymAt({ bytes, present, width }: PseudonymBatch, position: number): string {
  return present[position] === 1
    ? hexOf(bytes.subarray(position * width, (position + 1) * width))
    : ''
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index])
}
