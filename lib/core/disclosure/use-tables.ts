import {
  CHANGE_WORDS,
  CONTACT_WORDS,
  ENDING_WORDS,
  TURNED_DOWN_WORDS,
} from '#core/messages/releases/use-words.ts'
import type { ScopeKind, Span } from './lattice.ts'
import {
  CHANGES,
  CONTACT_BANDS,
  ENDINGS,
  TOOK_PART,
  TURNED_DOWN,
  type Aspect,
  type ReleasedUse,
} from './released-use.ts'
import type { ReleasedTable } from './released-table.ts'

/** What a release tells of use in a quarter and the year to its end, for whoever writes it as tables. */
export interface UseOfQuarter {
  readonly use: ReleasedUse
  /** All services first. */
  readonly scopes: readonly {
    readonly kind: ScopeKind
    readonly code: string
    readonly name: string
  }[]
  readonly scaleName: (code: string) => string
  /** A figure as it is printed, or that no file had come for it. */
  readonly find: (
    span: Span,
    aspect: Aspect,
    value: string,
    scope: { readonly kind: ScopeKind; readonly code: string },
  ) => string
}

const ALL = { kind: 'all', code: '' } as const

/** Who came to activities, how services were used, and how scores changed. */
export function useTables(told: UseOfQuarter): ReleasedTable[] {
  return [
    activityTable(told),
    usageTable(told),
    ...(told.use.scales.length > 0 ? [changeTable(told)] : []),
  ]
}

function activityTable({ scopes, find }: UseOfQuarter): ReleasedTable {
  return {
    caption: 'People reached who came to activities',
    columns: ['Services', 'Quarter', 'Year to date'],
    rows: scopes.map((scope) => [
      scope.name,
      ...(['quarter', 'year'] as const).map((span) => find(span, 'activities', TOOK_PART, scope)),
    ]),
  }
}

function usageTable({ find }: UseOfQuarter): ReleasedTable {
  const of = (aspect: Aspect, value: string): string => find('quarter', aspect, value, ALL)
  return {
    caption: 'How services were used in the quarter',
    columns: ['Of all services', 'People'],
    rows: [
      ...CONTACT_BANDS.map((band) => [`Reached: ${CONTACT_WORDS[band]}`, of('contacts', band)]),
      ...ENDINGS.map((ending) => [`Reached: ${ENDING_WORDS[ending]}`, of('ending', ending)]),
      [`${TURNED_DOWN_WORDS}, reached or not`, of('declined', TURNED_DOWN)],
    ],
  }
}

function changeTable({ use, scaleName, find }: UseOfQuarter): ReleasedTable {
  return {
    caption: 'People reached by how their scores changed, in the year to date',
    columns: ['Scale', 'With a score', 'With both', ...CHANGES.map((one) => CHANGE_WORDS[one])],
    rows: use.scales.map(({ code, isRuled }) => [
      scaleName(code),
      ...(['scored', 'paired'] as const).map((aspect) => find('year', aspect, code, ALL)),
      ...CHANGES.map((change) => (isRuled ? find('year', change, code, ALL) : NO_RULE)),
    ]),
  }
}

/** What stands where the framework does not say what a change is. */
const NO_RULE = 'No rule'
