import { PSEUDONYM_COLUMNS, type PseudonymColumn } from '#core/pseudonym/kinds.ts'
import { STORED_FACTS, type FactForm, type StoredColumn } from '#core/standard/record.ts'
import type { ColumnKind } from '#server/platform/db/copy-decoder.ts'

/** PostgreSQL's type of a fact, by the form that the dataset gives it. */
const TYPES = {
  words: 'text',
  day: 'date',
  number: 'int4',
  'number-from-1': 'int2',
} as const satisfies Readonly<Record<FactForm, ColumnKind>>

const FACT_TYPES = Object.fromEntries(
  STORED_FACTS.map(({ column, form }) => [column, TYPES[form]]),
) as Readonly<Record<StoredColumn, (typeof TYPES)[FactForm]>>

/** The columns of pseudonyms, each with its type. */
export const PSEUDONYM_TYPES = Object.fromEntries(
  PSEUDONYM_COLUMNS.map(({ column }) => [column, 'uuid']),
) as Readonly<Record<PseudonymColumn, 'uuid'>>

/**
 * The columns of a stored record in the order in which they are loaded, each with PostgreSQL's
 * type; its dataset is its partition.
 */
export const RECORD_COLUMNS = {
  id: 'int8',
  submission_id: 'int8',
  ...FACT_TYPES,
  ...PSEUDONYM_TYPES,
  epoch: 'int2',
} as const

const listed = (contact?: 'own' | 'carer'): string =>
  PSEUDONYM_COLUMNS.filter((pseudonym) => contact === undefined || pseudonym.contact === contact)
    .map(({ column }) => column)
    .join(', ')

/**
 * What named queries that speak of a record's pseudonyms are given: all of them, and those that are
 * contacts.
 */
export const PSEUDONYM_NAMES = {
  pseudonyms: listed(),
  own_contacts: listed('own'),
  carer_contacts: listed('carer'),
} as const
