import { peopleField, type PeopleFieldName } from '#core/standard/fields.ts'
import { readHeader } from '#core/standard/header-reading.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import { profileColumn, type ColumnProfile } from './column-profile.ts'
import type { Claim } from './claim.ts'
import { claimsOfColumns } from './column-claims.ts'
import { isForShape } from '#core/mapping/field-claims.ts'
import type { Mapping, RowShape, Suggestion } from '#core/mapping/mapping.ts'
import { mostBirthsAreChildren } from './sample-births.ts'
import { suggestValues } from '#core/mapping/words/value-suggestion.ts'

/**
 * What a suggestion is made from. Sample rows are the first rows of the file; a few hundred are
 * enough.
 */
export interface SuggestionSource {
  readonly header: readonly string[]
  readonly sampleRows: readonly (readonly string[])[]
  /** This service's last mapping. */
  readonly previous?: Mapping
  /** Other services' mappings, tried after the known headers. */
  readonly others?: readonly Mapping[]
  readonly quarter: Quarter
  readonly receipt?: Pick<ReadingReceipt, 'sheet' | 'sheets'>
}

/** A suggested mapping, of what is certain alone, and every suggestion with its reason. */
export interface SuggestedMapping {
  readonly mapping: Mapping
  readonly suggestions: readonly Suggestion[]
}

const SAMPLE_LIMIT = 250

/**
 * Suggests how a file's columns become the standard: this service's last mapping, exact names,
 * known headers, other services' mappings, near misses, each confirmed or contradicted by the data
 * below. Reasons hold counts, never a value.
 */
export function suggestMapping(source: SuggestionSource): SuggestedMapping {
  const { header, previous, quarter } = source
  const rows = source.sampleRows.slice(0, SAMPLE_LIMIT)
  const telling = withoutRepeats(rows)
  const profiles = header.map((_, column) => profileColumn(telling.map((row) => row[column] ?? '')))
  const readings = header.map(readHeader)
  const birthColumns = readings.flatMap((reading, column) =>
    reading.party !== 'carer' && reading.claims.some((claim) => claim.field === 'date_of_birth')
      ? [column]
      : [],
  )
  const births = birthColumns.flatMap((column) => rows.map((row) => row[column] ?? ''))
  const settled = settle(
    claimsOfColumns({
      header,
      readings,
      profiles,
      childrenFile: mostBirthsAreChildren(births, quarter),
      ...(previous === undefined ? {} : { previous }),
      others: source.others ?? [],
    }),
    profiles,
  )
  const shape = shapeOf(settled.filter(isCertain), previous)
  const claims = withoutCopies(settled, rows).map((claim) => fitted(claim, shape))
  const certain = claims.filter(isCertain)
  return {
    mapping: assemble({
      shape,
      certain,
      header,
      rows,
      source,
      saysChild: readings.some(({ party }) => party === 'child'),
    }),
    suggestions: claims.map(({ field, column, certainty, reason }) => ({
      field,
      column: header[column] ?? '',
      certainty,
      reason,
    })),
  }
}

/**
 * A row written twice is a slip and says nothing about its columns: a reference stays unique to a
 * person. Where more than one row in twenty is such, the file is of another kind, and every row
 * counts.
 */
function withoutRepeats(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const distinct = [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
  return rows.length - distinct.length <= Math.max(1, rows.length / 20) ? distinct : rows
}

/**
 * Decides between claims: one column for a field, one field for a column. Claims that are equally
 * good are all demoted, since choosing between them would be a guess.
 */
function settle(claims: readonly Claim[], profiles: readonly ColumnProfile[]): Claim[] {
  const settled = [...claims]
  const demote = (index: number, certainty: 'likely' | 'guess', reason: string) => {
    const claim = settled[index]
    if (claim?.certainty === 'certain')
      settled[index] = { ...claim, certainty, reason: `${claim.reason}; ${reason}` }
  }
  const groups = [
    groupBy(settled, (claim) => claim.field),
    groupBy(settled, (claim) => `${claim.column} ${claim.party === 'split' ? 'split' : ''}`),
  ]
  for (const [kind, group] of groups.entries()) {
    for (const indices of group.values()) {
      const rivals = indices.filter((index) => settled[index]?.certainty === 'certain')
      const parts = rivals.map((index) => settled[index]?.part)
      if (
        rivals.length < 2 ||
        (parts.every((part) => part !== undefined) && new Set(parts).size === parts.length)
      )
        continue
      // One column may give both halves of a name.
      if (kind === 1 && rivals.every((index) => settled[index]?.party === 'split')) continue
      const best = Math.max(...rivals.map((index) => settled[index]?.rank ?? 0))
      const winners = rivals.filter((index) => settled[index]?.rank === best)
      const rivalData = rivals.filter(
        (index) => !winners.includes(index) && bothCarryData(settled, winners, index, profiles),
      )
      for (const index of rivals) {
        if (winners.length > 1 || (kind === 0 && rivalData.length > 0)) {
          demote(
            index,
            'likely',
            kind === 0 ? 'another column could be it as well' : 'it could be another field as well',
          )
        } else if (!winners.includes(index)) {
          demote(
            index,
            'guess',
            kind === 0 ? 'another column fits better' : 'another field fits better',
          )
        }
      }
    }
  }
  // A column is split into both halves of a name, or not at all.
  for (const indices of groupBy(settled, (claim) => String(claim.column)).values()) {
    const halves = indices.filter((index) => settled[index]?.party === 'split')
    if (halves.every((index) => settled[index]?.certainty === 'certain')) continue
    for (const index of halves) demote(index, 'likely', 'half of the name is in another column')
  }
  return settled.sort((left, right) => left.column - right.column || right.rank - left.rank)
}

/**
 * Whether a weaker header for the same identifier holds such identifiers too: then even the better
 * header is in doubt.
 */
function bothCarryData(
  claims: readonly Claim[],
  winners: readonly number[],
  rival: number,
  profiles: readonly ColumnProfile[],
): boolean {
  const winner = claims[winners[0] ?? -1]
  const other = claims[rival]
  if (winner === undefined || other === undefined) return false
  if (winner.origin === 'previous' || winner.field === 'client_ref') return false
  if (winner.party !== other.party || peopleField(winner.field)?.kind !== 'identifier') return false
  return other.verdict === 'confirmed' && (profiles[other.column]?.filled ?? 0) > 0
}

function groupBy(claims: readonly Claim[], key: (claim: Claim) => string): Map<string, number[]> {
  const groups = new Map<string, number[]>()
  claims.forEach((claim, index) => {
    const group = groups.get(key(claim))
    if (group === undefined) groups.set(key(claim), [index])
    else group.push(index)
  })
  return groups
}

const CARER_PERSON: ReadonlySet<PeopleFieldName> = new Set([
  'carer_first_name',
  'carer_last_name',
  'carer_date_of_birth',
  'carer_gender',
  'carer_nhs_number',
])

function shapeOf(certain: readonly Claim[], previous: Mapping | undefined): RowShape {
  const fields = new Set(certain.map((claim) => claim.field))
  if (fields.has('contact_date') && fields.has('attended')) return 'contacts'
  if ([...CARER_PERSON].some((field) => fields.has(field))) return 'child-and-carer'
  return previous?.shape === 'contacts' && fields.has('contact_date') ? 'contacts' : 'person'
}

function isCertain({ certainty }: Claim): boolean {
  return certainty === 'certain'
}

/**
 * Without weaker claims to a count that another column surely is, of columns that say the same in
 * every row: the total of a register beside the sessions that were counted.
 */
function withoutCopies(
  claims: readonly Claim[],
  rows: readonly (readonly string[])[],
): readonly Claim[] {
  const counted = claims.find((claim) => claim.field === 'contacts' && isCertain(claim))
  if (counted === undefined) return claims
  return claims.filter(
    (claim) =>
      claim.field !== 'contacts' ||
      isCertain(claim) ||
      rows.some((row) => (row[claim.column] ?? '') !== (row[counted.column] ?? '')),
  )
}

/** A field that rows of this shape do not have is no more than a guess. */
function fitted(claim: Claim, shape: RowShape): Claim {
  const field = peopleField(claim.field)
  if (!isCertain(claim) || field === undefined || isForShape(field, shape)) return claim
  const reason = `${claim.reason}; rows of this kind do not have it`
  return { ...claim, certainty: 'guess', reason }
}

interface Assembly {
  readonly shape: RowShape
  readonly certain: readonly Claim[]
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly source: SuggestionSource
  readonly saysChild: boolean
}

function assemble({ shape, certain, header, rows, source, saysChild }: Assembly): Mapping {
  const columns: Record<string, string> = {}
  const split: Record<string, string[]> = {}
  const join: Record<string, string[]> = {}
  const values: Record<string, Record<string, string>> = {}
  for (const claim of certain) {
    const column = header[claim.column] ?? ''
    if (claim.party === 'split') (split[column] ??= []).push(claim.field)
    else if (claim.part !== undefined) (join[claim.field] ??= [])[claim.part] = column
    else {
      columns[claim.field] = column
      const found = suggestValues(
        claim.field,
        rows.map((row) => row[claim.column] ?? ''),
        column,
        source.previous,
      )
      if (found !== undefined) values[claim.field] = found
    }
  }
  const constants = {
    ...source.previous?.constants,
    ...(shape === 'child-and-carer' && saysChild && columns['role'] === undefined
      ? { role: 'child' }
      : {}),
  }
  const { reference } = source.previous ?? {}
  const { sheet, sheets } = source.receipt ?? {}
  return {
    shape,
    ...(sheet !== undefined && (sheets?.length ?? 0) > 1 ? { sheet } : {}),
    // What a service that keeps no reference said last time; a column that holds one says more.
    ...(reference === undefined || columns['client_ref'] !== undefined ? {} : { reference }),
    columns,
    ...(Object.keys(constants).length > 0 ? { constants } : {}),
    ...(Object.keys(values).length > 0 ? { values } : {}),
    ...(Object.keys(split).length > 0 ? { split } : {}),
    ...(Object.keys(join).length > 0 ? { join } : {}),
  }
}
