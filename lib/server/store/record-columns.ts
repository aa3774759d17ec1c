import {
  PSEUDONYM_COLUMNS,
  type DescribedPseudonym,
  type PseudonymColumn,
} from '#core/pseudonym/kinds.ts'
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

const listed = (isListed: (pseudonym: DescribedPseudonym) => boolean = () => true): string =>
  PSEUDONYM_COLUMNS.filter(isListed)
    .map(({ column }) => column)
    .join(', ')

const isOwnWords = ({ field, alternateOf }: DescribedPseudonym): boolean =>
  field !== 'client' && alternateOf === undefined

/**
 * What named queries that speak of a record's pseudonyms are given: all of them, those that are
 * contacts, what a record says of its person without its reference, what of it is the person's own
 * and spelled out, and what shows that an email, a mobile or a postcode was given.
 */
export const PSEUDONYM_NAMES = {
  pseudonyms: listed(),
  own_contacts: listed(({ contact }) => contact === 'own'),
  carer_contacts: listed(({ contact }) => contact === 'carer'),
  described: listed(isOwnWords),
  telling: listed((one) => isOwnWords(one) && one.childOnly !== true && one.kind !== 'sound-birth'),
  emails: listed(({ kind }) => kind === 'email'),
  mobiles: listed(({ kind }) => kind === 'mobile'),
  with_postcode: listed(({ components }) => components.includes('postcode')),
} as const
