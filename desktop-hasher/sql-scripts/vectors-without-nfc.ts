/**
 * The published vectors as a tool without NFC must answer them: a value with a code point outside
 * the ranges of the specification is blank, `…-character`, and what follows from that follows.
 * Source: docs/pseudonymisation.md, "From cell to folded text".
 */
import { isQuarter, referenceDay } from '#core/standard/quarter.ts'
import type { GivenRole } from '#core/standard/roles.ts'
import { blankCode } from '#core/pseudonym/columns.ts'
import { normaliseIdentifiers, type NormalisedIdentifiers } from '#core/pseudonym/identifiers.ts'
import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import {
  findingsOf,
  type ColumnVector,
  type FieldVector,
  type VectorInput,
} from '#core/pseudonym/self-test.ts'

/** Code points inside which NFC makes no difference to what folding leaves. */
const RANGES: readonly (readonly [number, number])[] = [
  [0, 0x36f],
  [0x1e00, 0x1eff],
  [0x2000, 0x206f],
  [0xfeff, 0xfeff],
  [0xff01, 0xff5e],
]

/** What the core makes a …-character of, whichever field it stands in. */
const BROKEN = '\uFFFD'

/** Whether a tool without NFC takes a code point. */
export function isInRanges(point: number): boolean {
  return RANGES.some(([first, last]) => point >= first && point <= last)
}

/** A vector with what a tool without NFC makes of it. */
export interface VectorWithoutNfc {
  readonly vector: ColumnVector | FieldVector
  /** Of a column, the code of its blank; undefined when it is made. */
  readonly code: string | undefined
  /** Of a column. */
  readonly findings: readonly string[] | undefined
  /** Of a field. */
  readonly value: string | undefined
  /** It comes out otherwise than published. */
  readonly isChanged: boolean
}

/** Every vector, in its order. */
export function vectorsWithoutNfc(
  vectors: readonly (ColumnVector | FieldVector)[],
): VectorWithoutNfc[] {
  return vectors.map((vector) => {
    const isTaken = Object.values(vector.input).every(isTakenWhole)
    if (isTaken) return { ...published(vector), isChanged: false }
    const record = normaliseBroken(vector)
    const made = 'field' in vector ? fieldOf(vector, record) : columnOf(vector, record)
    const before = published(vector)
    const isChanged =
      made.code !== before.code ||
      made.value !== before.value ||
      made.findings?.join() !== before.findings?.join()
    return { vector, ...made, isChanged }
  })
}

type Outcome = Pick<VectorWithoutNfc, 'code' | 'findings' | 'value'>

function published(vector: ColumnVector | FieldVector): Outcome & Pick<VectorWithoutNfc, 'vector'> {
  if ('field' in vector) {
    return { vector, code: undefined, findings: undefined, value: vector.value }
  }
  return { vector, code: vector.code, findings: vector.findings, value: undefined }
}

function columnOf({ column }: ColumnVector, record: NormalisedIdentifiers): Outcome {
  const rule = PSEUDONYM_COLUMNS.find((candidate) => candidate.column === column)
  if (rule === undefined) throw new Error(`no column ${column}`)
  const findings = findingsOf(rule, record)
  const code = blankCode(rule, record)
  return { code: code === '' ? undefined : code, findings, value: undefined }
}

function fieldOf({ field }: FieldVector, record: NormalisedIdentifiers): Outcome {
  return { code: undefined, findings: undefined, value: record[field] }
}

function isTakenWhole(cell: string): boolean {
  return Array.from(cell).every((character) => isInRanges(character.codePointAt(0) ?? 0))
}

function normaliseBroken({
  input,
  quarter,
  role,
  live,
}: ColumnVector | FieldVector): NormalisedIdentifiers {
  if (!isQuarter(quarter)) throw new Error(`no quarter ${quarter}`)
  const cell = (name: keyof VectorInput): string => {
    const text = input[name] ?? ''
    return isTakenWhole(text) ? text : BROKEN
  }
  return normaliseIdentifiers(
    {
      clientRef: cell('client_ref'),
      firstName: cell('first_name'),
      lastName: cell('last_name'),
      dateOfBirth: cell('date_of_birth'),
      gender: cell('gender'),
      nhsNumber: cell('nhs_number'),
      email: cell('email'),
      mobile: cell('mobile'),
      carerEmail: cell('carer_email'),
      carerMobile: cell('carer_mobile'),
      postcode: cell('postcode'),
    },
    { referenceDay: referenceDay(quarter), date1904: false, givenRole: role as GivenRole, live },
  )
}
