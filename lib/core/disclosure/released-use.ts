/**
 * What a release tells beyond how many were reached, as further groups of its lattice: who of those reached came to
 * activities, had how many contacts, ended how, and how their scores changed. All of it is of people, everywhere, and
 * part of a figure of reach, so that it is printed, attacked and repaired like that. Said in docs/releases.md.
 */

/** A scale of the measurement framework as a release tells of it. */
export interface ReleasedScale {
  /** The instrument's code; of a sub-scale `instrument/sub-scale`. */
  readonly code: string
  /** Whether the framework says what a change is: only then is anybody improved, the same or worse. */
  readonly isRuled: boolean
}

/** The code of a scale: of an instrument as a whole, or of a sub-scale of it. */
export function scaleCode({
  instrument,
  subScale,
}: {
  readonly instrument: string
  readonly subScale: string
}): string {
  return subScale === '' ? instrument : `${instrument}/${subScale}`
}

/** What a release that tells more than reach runs over beside its other lists. */
export interface ReleasedUse {
  readonly scales: readonly ReleasedScale[]
}

/** By what such groups are told apart: `attribute` of a group. Of a scale, its code is the value. */
export const ASPECTS = [
  'activities',
  'contacts',
  'ending',
  'declined',
  'scored',
  'paired',
  'improved',
  'same',
  'worse',
] as const
export type Aspect = (typeof ASPECTS)[number]

/** Came to any activity; the only value of `activities`. */
export const TOOK_PART = 'took-part'
/** Turned a service down; the only value of `declined`. */
export const TURNED_DOWN = 'turned-down'
/** Contacts of a person in a quarter, of all services that reached them. */
export const CONTACT_BANDS = ['0', '1', '2-3', '4-7', '8-more', 'unknown'] as const
/** What the use of services came to in a quarter: one completed, else one left early, else none of both. */
export const ENDINGS = ['completed', 'left-early', 'went-on'] as const
/** How scores of those with both changed, where the framework says what a change is. */
export const CHANGES = ['improved', 'same', 'worse'] as const

/** Whether a group is one of these rather than of reach. */
export function isAspect(attribute: string): attribute is Aspect {
  return (ASPECTS as readonly string[]).includes(attribute)
}

/** Whether a release that tells of such use tells of a group: of reach every one does. */
export function isToldBy(
  use: ReleasedUse | undefined,
  { attribute, attributeValue }: { readonly attribute: string; readonly attributeValue: string },
): boolean {
  if (!isAspect(attribute)) return true
  if (use === undefined) return false
  if (!spansOfAspect(attribute).includes('year') || attribute === 'activities') return true
  const scale = use.scales.find(({ code }) => code === attributeValue)
  return scale !== undefined && (scale.isRuled || attribute === 'scored' || attribute === 'paired')
}

/** In which spans a group is counted: activities of a quarter and a year, scores of a year, the rest of a quarter. */
export function spansOfAspect(aspect: Aspect): readonly ('quarter' | 'year')[] {
  if (aspect === 'activities') return ['quarter', 'year']
  return aspect === 'contacts' || aspect === 'ending' || aspect === 'declined'
    ? ['quarter']
    : ['year']
}

/** The numbers of these groups in a lattice. */
export interface UseGroups {
  /** By scope: all services, the strands, the services. */
  readonly activities: readonly number[]
  /** By band and by ending. */
  readonly contacts: readonly number[]
  readonly endings: readonly number[]
  readonly declined: number
  readonly scales: readonly ScaleGroups[]
  /** Each pair of a group and one that is part of it. */
  readonly parts: readonly (readonly [whole: number, part: number])[]
}

/** Of a scale: people with a score, with both scores, and by how these changed, where that is known. */
export interface ScaleGroups {
  readonly scored: number
  readonly paired: number
  /** In the order of CHANGES; empty where it is not known. */
  readonly changed: readonly number[]
}

/** A group of use as the lattice has it. */
interface UseGroup extends Pick<UseScope, 'scope' | 'scopeCode'> {
  readonly place: 'everywhere'
  readonly placeCode: ''
  readonly attribute: Aspect
  readonly attributeValue: string
}

/** A scope with the number of the group of everybody whom it reached, and the places of the scopes that it is part of. */
export interface UseScope {
  readonly scope: 'all' | 'strand' | 'service'
  readonly scopeCode: string
  readonly everybody: number
  readonly within: readonly number[]
}

/** Lays out the groups, numbered from `first`; `scopes` begin with all services. */
export function layOutUse(
  { scales }: ReleasedUse,
  scopes: readonly UseScope[],
  first: number,
): { readonly groups: readonly UseGroup[]; readonly use: UseGroups } {
  const groups: UseGroup[] = []
  const parts: (readonly [number, number])[] = []
  const everybody = scopes[0]?.everybody ?? 0
  const add = (
    attribute: Aspect,
    attributeValue: string,
    { scope, scopeCode }: Pick<UseScope, 'scope' | 'scopeCode'> = ALL,
  ): number => {
    groups.push({
      ...{ scope, scopeCode, attribute, attributeValue },
      ...{ place: 'everywhere', placeCode: '' },
    })
    return first + groups.length - 1
  }
  const addPart = (whole: number, attribute: Aspect, value: string): number => {
    const part = add(attribute, value)
    parts.push([whole, part])
    return part
  }
  const activities = scopes.map((scope) => add('activities', TOOK_PART, scope))
  for (const [at, { everybody: whole, within }] of scopes.entries()) {
    const part = activities[at] ?? 0
    parts.push([whole, part], ...within.map((other) => [activities[other] ?? 0, part] as const))
  }
  return {
    groups,
    use: {
      activities,
      contacts: CONTACT_BANDS.map((band) => addPart(everybody, 'contacts', band)),
      endings: ENDINGS.map((ending) => addPart(everybody, 'ending', ending)),
      declined: add('declined', TURNED_DOWN),
      scales: scales.map(({ code, isRuled }) => {
        const scored = addPart(everybody, 'scored', code)
        const paired = addPart(scored, 'paired', code)
        const changed = isRuled ? CHANGES.map((change) => addPart(paired, change, code)) : []
        return { scored, paired, changed }
      }),
      parts,
    },
  }
}

const ALL = { scope: 'all', scopeCode: '' } as const
