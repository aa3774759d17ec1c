import { codeKey } from '#core/standard/code-key.ts'
import { peopleField } from '#core/standard/fields.ts'
import { RANK, dataReason, type Claim, type ClaimSource } from './claim.ts'
import { judge } from './column-profile.ts'
import type { Mapping } from '#core/mapping/mapping.ts'

/** Claims of a mapping that was used before, for those of its columns that this file has. */
export function mappedClaims(
  source: ClaimSource,
  mapping: Mapping,
  origin: 'previous' | 'other',
): Claim[] {
  const reason =
    origin === 'previous'
      ? 'as in this service’s last mapping'
      : 'another service maps this header so'
  const claims: Claim[] = []
  const add = (header: string, name: string, extra: Partial<Pick<Claim, 'party' | 'part'>>) => {
    const column = columnOf(source.header, header)
    const field = peopleField(name)?.name
    const profile = source.profiles[column]
    if (field === undefined || profile === undefined) return
    const whole = extra.party !== 'split' && extra.part === undefined
    const verdict = whole ? judge(field, profile) : 'silent'
    const identifier = peopleField(field)?.kind === 'identifier'
    const sure =
      origin === 'previous' ? verdict !== 'contradicted' : verdict === 'confirmed' && !identifier
    const certainty = sure ? 'certain' : verdict === 'contradicted' ? 'guess' : 'likely'
    claims.push({
      column,
      field,
      certainty,
      reason: `${reason}; ${dataReason(verdict)}`,
      rank: RANK[origin],
      origin,
      verdict,
      party: 'own',
      ...extra,
    })
  }
  for (const [field, header] of Object.entries(mapping.columns)) add(header, field, {})
  for (const [header, fields] of Object.entries(mapping.split ?? {}))
    for (const field of fields) add(header, field, { party: 'split' })
  for (const [field, headers] of Object.entries(mapping.join ?? {}))
    headers.forEach((header, part) => {
      add(header, field, { part })
    })
  return claims
}

/** The place of the column that is headed so, else by its letters and digits; −1 for none, or several. */
export function columnOf(header: readonly string[], name: string): number {
  const exact = header.indexOf(name)
  if (exact >= 0) return exact
  const key = codeKey(name)
  const matches = header.flatMap((column, index) => (codeKey(column) === key ? [index] : []))
  return matches.length === 1 ? (matches[0] ?? -1) : -1
}

/**
 * Softens new claims beside a last mapping: a column that it does not name was left out by a person
 * or is new, so while its columns are all there, nothing is added by itself.
 */
export function respectPrevious(
  claims: Claim[],
  previous: readonly Claim[],
  source: ClaimSource,
): void {
  const mapped = source.previous
  const wanted = Object.keys(mapped?.columns ?? {}).length
  const whole = previous.filter(
    (claim) => claim.party !== 'split' && claim.part === undefined,
  ).length
  if (whole < wanted) {
    const fields = new Set(Object.keys(mapped?.columns ?? {}))
    soften(claims, (claim) => !fields.has(claim.field))
  } else {
    soften(claims, () => true)
  }
}

function soften(claims: Claim[], which: (claim: Claim) => boolean): void {
  claims.forEach((claim, index) => {
    if (claim.origin !== 'previous' && claim.certainty === 'certain' && which(claim)) {
      claims[index] = {
        ...claim,
        certainty: 'likely',
        reason: `${claim.reason}; the last mapping does not name this column`,
      }
    }
  })
}
