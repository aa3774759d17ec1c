/**
 * The columns of a hashed file and what a cell of each may be: closed, so that nothing clear can
 * stand in one. Source: docs/pseudonymisation.md, "Hashed file".
 */
import { CODE_LISTS } from '#core/standard/codes.ts'
import type { CodeListName } from '#core/standard/code-list.ts'
import { FILE_KINDS, type ReachKind } from '#core/standard/further-fields.ts'
import { RECORD_FACTS, type FactColumn } from '#core/standard/record.ts'
import { PSEUDONYM_COLUMNS, type PseudonymColumn } from '#core/pseudonym/kinds.ts'
import { EVENT_COLUMNS } from './hashed-events.ts'

/** The version of the pseudonymisation that a hashed file says it was made under. */
export const PSEUDONYM_VERSION = '2'

export type HashedColumnName =
  | FactColumn
  | PseudonymColumn
  | 'pseudonym_version'
  | 'source_key_check'

/**
 * What a cell that is not blank must be beyond its pattern. `real-day`: a day of the calendar.
 * `known-ward`, `known-language`: a code of the portal's register and list. `row-in-order`: not
 * below the line before, and at most two lines of one row, the child's and the carer's.
 * `birth-of-age`: with a month when under 16 on the reference day, else without. `this-version`,
 * `this-key`: what the manifest says.
 */
export type BeyondPattern =
  | 'nothing'
  | 'real-day'
  | 'known-ward'
  | 'known-language'
  | 'row-in-order'
  | 'birth-of-age'
  | 'this-version'
  | 'this-key'

/** The grammar of a column: a cell that does not fit it refuses the file. */
export interface HashedColumn {
  readonly name: HashedColumnName
  /** The whole cell, ASCII; linear in its length. */
  readonly pattern: RegExp
  readonly beyond: BeyondPattern
}

const YES_NO = /^(?:yes|no|unknown)$/
const DAY = /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?$/
const PSEUDONYM = /^(?:[0-9a-f]{64})?$/

function codeOf(list: CodeListName): RegExp {
  return new RegExp(`^(?:${CODE_LISTS[list].codes.map(({ code }) => code).join('|')})?$`)
}

const FACTS: Readonly<Record<FactColumn, Omit<HashedColumn, 'name'>>> = {
  source_row: { pattern: /^[1-9][0-9]{0,6}$/, beyond: 'row-in-order' },
  role: { pattern: /^(?:child|parent|adult)$/, beyond: 'nothing' },
  birth: { pattern: /^(?:[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?)?$/, beyond: 'birth-of-age' },
  gender: { pattern: /^(?:M|F|X|unknown)$/, beyond: 'nothing' },
  ward: { pattern: /^[A-Za-z0-9-]{0,64}$/, beyond: 'known-ward' },
  imd_decile: { pattern: /^(?:[1-9]|10)?$/, beyond: 'nothing' },
  in_area: { pattern: YES_NO, beyond: 'nothing' },
  ethnicity: { pattern: /^[A-HJ-NPRSZ]?$/, beyond: 'nothing' },
  main_language: { pattern: /^(?:[a-z]{2,3})?$/, beyond: 'known-language' },
  send_or_disability: { pattern: YES_NO, beyond: 'nothing' },
  referral_date: { pattern: DAY, beyond: 'real-day' },
  start_date: { pattern: DAY, beyond: 'real-day' },
  end_date: { pattern: DAY, beyond: 'real-day' },
  referral_source: { pattern: codeOf('referral-source'), beyond: 'nothing' },
  status: { pattern: codeOf('status'), beyond: 'nothing' },
  contacts: { pattern: /^(?:0|[1-9][0-9]{0,4})?$/, beyond: 'nothing' },
  last_contact_date: { pattern: DAY, beyond: 'real-day' },
}

/** The columns of a hashed file, in their order. */
export const HASHED_COLUMNS: readonly HashedColumn[] = [
  ...RECORD_FACTS.map(({ column }) => ({ name: column, ...FACTS[column] })),
  ...PSEUDONYM_COLUMNS.map(({ column }): HashedColumn => ({
    name: column,
    pattern: PSEUDONYM,
    beyond: 'nothing',
  })),
  { name: 'pseudonym_version', pattern: /^[0-9]{1,4}$/, beyond: 'this-version' },
  { name: 'source_key_check', pattern: /^[0-9a-f]{16}$/, beyond: 'this-key' },
]

/** The first line of a hashed file of a kind, without its LF. */
export function hashedHeader(kind: ReachKind): string {
  return [...HASHED_COLUMNS.map(({ name }) => name), ...EVENT_COLUMNS[kind]].join(',')
}

/** The first lines that a hashed file may have. */
export const HASHED_HEADERS: readonly string[] = FILE_KINDS.map(hashedHeader)
