import type { Filling, FillingRule } from '#core/filling/rules.ts'
import type { Mapping } from '#core/mapping/mapping.ts'
import { CHILD_REFERENCE } from '#core/preparation/shapes/children-across.ts'
import { findChildGroups } from '#core/preparation/proposals/child-groups.ts'
import { SHEET } from '#core/preparation/shapes/join-sheets.ts'
import { freeHeading } from '#core/preparation/named-columns.ts'
import { LAST_SESSION, SESSIONS_ATTENDED } from '#core/preparation/shapes/register.ts'
import { anyField } from '#core/standard/further-fields.ts'
import type { MatchedFile } from './remember-mapping.ts'
import { renameMapping } from './rename-mapping.ts'
import type { WordDigests } from './word-digests.ts'

/** What of a new file the digests are held against. */
export interface TextsAtHand {
  /** The file's own headings. */
  readonly header: readonly string[]
  /** Headings of the table that is made of it, where it is prepared. */
  readonly prepared?: readonly string[]
  readonly sheets?: readonly string[]
  /** Marks that its proposals speak of. */
  readonly marks?: readonly string[]
}

/**
 * What was remembered, in the words of the file at hand. A heading that it has not is called
 * something that no heading is; words stay digests, and are found as the file's words come.
 */
export function recallMapping(
  { mapping, header: before }: MatchedFile,
  { header, prepared = [], sheets = [], marks = [] }: TextsAtHand,
  digests: WordDigests,
): Mapping {
  const groups = findChildGroups(header) ?? []
  const own = [
    ...header,
    ...groups.flatMap((columns) => Object.keys(columns)),
    ...[SESSIONS_ATTENDED, LAST_SESSION, SHEET, CHILD_REFERENCE],
  ]
  const all = [...own, ...prepared]
  const named = new Map<string, string>()
  const heading = (digest: string): string => {
    const known =
      named.get(digest) ??
      digests.findHeading(digest, all) ??
      missingName(before.indexOf(digest), named.size)
    named.set(digest, known)
    return known
  }
  const oneOf = (texts: readonly string[], digest: string): string | undefined =>
    texts.find((text) => digests.word(text) === digest)
  nameAdded(mapping, (digest, name) => {
    if (named.has(digest) || digests.findHeading(digest, all) !== undefined) return
    named.set(digest, freeHeading(name, new Set([...own, ...named.values()])))
  })
  return renameMapping(mapping, {
    heading,
    sheet: (digest) => oneOf(sheets, digest) ?? MISSING_SHEET,
    mark: (mark) => oneOf(marks, mark) ?? mark,
    word: (digest) => digest,
    constant: (value) => value,
    filling: (filling) => recallFilling(filling, heading, digests),
  })
}

const MISSING_SHEET = '(a sheet of the last file)'

function missingName(place: number, others: number): string {
  return place < 0
    ? `(further column ${others + 1} of the last file)`
    : `(column ${place + 1} of the last file)`
}

/** Columns that rules may add, called by the field that each gives. */
function nameAdded(mapping: Mapping, name: (digest: string, name: string) => void): void {
  const rules = mapping.preparation?.filling?.rules ?? []
  for (const [place, { kind, column }] of rules.entries()) {
    if (kind === 'translate' || kind === 'copy-above') continue
    const [field] = Object.entries(mapping.columns).find(([, heading]) => heading === column) ?? []
    name(column, anyField(field ?? '')?.label ?? `Added by rule ${place + 1}`)
  }
}

function recallFilling(
  { version, rules }: Filling,
  heading: (digest: string) => string,
  digests: WordDigests,
): Filling | undefined {
  const recalled = rules.flatMap((rule): FillingRule[] => {
    const column = heading(rule.column)
    switch (rule.kind) {
      case 'default': {
        const value = digests.open(rule.column, rule.value)
        return value === undefined ? [] : [{ ...rule, column, value }]
      }
      case 'look-up':
      case 'take-from':
      case 'split':
      case 'derive':
        return [{ ...rule, column, from: heading(rule.from) }]
      case 'join':
        return [{ ...rule, column, from: rule.from.map(heading) }]
      case 'translate':
      case 'copy-above':
        return [{ ...rule, column }]
    }
  })
  return recalled.length === 0 ? undefined : { version, rules: recalled }
}

/** Whether a file has the headings of another in the same order. */
export function hasHeader(
  before: readonly string[],
  header: readonly string[],
  digests: WordDigests,
): boolean {
  return (
    before.length === header.length &&
    before.every((digest, at) => digest === digests.heading(header[at] ?? ''))
  )
}
