import type { RegisterFact, RegisterKind } from '#core/messages/register/register-words.ts'
import type { Quarter } from '#core/standard/quarter.ts'

/**
 * An entry of the register as forms, files and versions have it: facts as texts by their names. An
 * empty text is nothing.
 */

/** The facts of an entry. */
export type Facts = Readonly<Partial<Record<RegisterFact, string>>>

/** An entry as it is now. */
export interface Entry {
  readonly kind: RegisterKind
  readonly code: string
  /** Rises with every change; a form made from an older one is stale. */
  readonly version: number
  /** The quarter from which it is as it is; null from the beginning. */
  readonly validFrom: Quarter | null
  readonly facts: Facts
}

/** What is kept of each kind, in the order in which it is shown. */
export const FACTS_OF = {
  programme: ['name', 'begins', 'ends'],
  service: [
    ...(['name', 'strand', 'provider', 'reachedBy', 'acceptsClear', 'reminder'] as const),
    ...(['sourceKind', 'area', 'noRecord', 'closedAfter', 'mergedInto'] as const),
  ],
  provider: ['name', 'closedAfter'],
  strand: ['name', 'closedAfter'],
  ward: ['name', 'gss', 'tile', 'splitFrom', 'closedAfter'],
  'list-value': ['name', 'list', 'closedAfter'],
  quarter: ['deadline', 'closed'],
} as const satisfies Record<RegisterKind, readonly RegisterFact[]>

/** What a service of a look-up has besides, and no other. */
export const SOURCE_FACTS: readonly RegisterFact[] = ['sourceKind', 'area', 'noRecord']

/**
 * What is said once, when an entry is made. Figures of all quarters are grouped by strand and rows
 * are an organisation's: a service that moves is closed and goes on as another.
 */
const FIXED: readonly RegisterFact[] = ['strand', 'provider', 'list', 'sourceKind']

/** Whether a fact may be changed once its entry is there. */
export function isFixed(fact: RegisterFact): boolean {
  return FIXED.includes(fact)
}

/** A fact that is not what it was. */
export interface Difference {
  readonly fact: RegisterFact
  readonly before: string
  readonly after: string
}

/** Which facts of a kind differ. */
export function differencesOf(kind: RegisterKind, before: Facts, after: Facts): Difference[] {
  return FACTS_OF[kind].flatMap((fact) => {
    const [was, is] = [before[fact] ?? '', after[fact] ?? '']
    return was === is ? [] : [{ fact, before: was, after: is }]
  })
}

/** The codes of a ward with their years, a line each: `E05000416 2010 to 2022`. */
export function writeWardCodes(
  codes: readonly string[],
  years: Readonly<Record<string, string>>,
): string {
  return codes.map((code) => `${code} ${years[code] ?? ''}`.trim()).join('\n')
}

/** The same read; undefined where a line is no code with or without years. */
export function readWardCodes(
  text: string,
): { readonly codes: string[]; readonly years: Record<string, string> } | undefined {
  const codes: string[] = []
  const years: Record<string, string> = {}
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const read = /^([A-Z][0-9]{8})(?: ((?:19|20|21)[0-9]{2}(?: to (?:19|20|21)[0-9]{2})?))?$/.exec(
      line,
    )
    if (read?.[1] === undefined) return undefined
    codes.push(read[1])
    if (read[2] !== undefined) years[read[1]] = read[2]
  }
  return { codes, years }
}
