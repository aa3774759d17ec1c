import { isQuarter, quartersBetween, quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { ATTRIBUTE_NAMES, printedWords } from '#core/messages/releases/released-words.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { ageBandWords, NOT_KNOWN } from './age-bands.ts'
import { wasSent } from './coverage.ts'
import {
  ATTRIBUTES,
  SPANS,
  type Attribute,
  type Measure,
  type PlaceKind,
  type ScopeKind,
  type Span,
} from './lattice.ts'
import { HIDDEN, type Printed } from './printed.ts'
import type { ReleaseFacts } from './release-text.ts'
import { intervalWords } from './released-figures.ts'
import type { ReleasedUse } from './released-use.ts'
import type { ReleasedTable } from './released-table.ts'
import { useTables } from './use-tables.ts'

/** Whose figures are asked for: all services, or a strand or service by its code. */
export interface ToldScope {
  readonly kind: ScopeKind
  readonly code: string
}

/** The figures of a signed release: what was signed, and not what a portal shows of it. */
export class ToldFigures {
  readonly quarters: readonly Quarter[]
  readonly scopes: readonly ToldScope[]
  readonly #facts: Pick<ReleaseFacts, 'services' | 'coverage' | 'firstQuarter'>
  readonly #strands: readonly string[]
  readonly #wards: readonly string[]
  readonly #threshold: number
  /** Undefined of a release of reach alone. */
  readonly #use: ReleasedUse | undefined
  readonly #cells = new Map<string, Printed>()
  /** Values of each breakdown, in the order of the text. */
  readonly #values = new Map<string, Set<string>>()

  /** Reads the text of a release: docs/releases.md. */
  constructor(text: string) {
    const lines = text.split('\n').map((line) => line.split('\t'))
    const all = (name: string): string[][] =>
      lines.filter(([kind]) => kind === name).map(([, ...fields]) => fields)
    const fact = (name: string): readonly string[] => all(name)[0] ?? []
    const [first = '', last = ''] = fact('quarters')
    this.quarters = isQuarter(first) && isQuarter(last) ? quartersBetween(first, last) : []
    this.#strands = fact('strands')
    this.#wards = fact('wards')
    this.#threshold = Number(fact('threshold')[0] ?? 0)
    const ruled = fact('ruled scales')
    const scales = all('scales')[0]?.filter((code) => code !== '')
    this.#use = scales && {
      scales: scales.map((code) => ({ code, isRuled: ruled.includes(code) })),
    }
    const services = all('service').map(([code = '', strand = '']) => ({ code, strand }))
    const coverage = all('coverage').map(([quarter = '', ...codes]) => [quarter, codes] as const)
    this.#facts = { services, firstQuarter: first, coverage: Object.fromEntries(coverage) }
    this.scopes = [
      { kind: 'all', code: '' },
      ...this.#strands.map((code) => ({ kind: 'strand', code }) as const),
      ...services.map(({ code }) => ({ kind: 'service', code }) as const),
    ]
    for (const fields of all('cell')) {
      const printed = fields.at(-1) ?? ''
      this.#cells.set(fields.slice(0, -1).join('\t'), printed === HIDDEN ? HIDDEN : Number(printed))
      const [attribute = '', value = ''] = fields.slice(6)
      if (attribute === '') continue
      const values = this.#values.get(attribute) ?? new Set()
      this.#values.set(attribute, values.add(value))
    }
  }

  /** How sure the people of a scope are, everywhere, by span; without those for which no file had come. */
  intervals(scope: ToldScope, quarter: Quarter): string[] {
    return SPANS.filter((span) => this.#sent(scope, quarter, span)).map((span) => {
      const of = (measure: Measure): Printed =>
        this.#printed(scope, quarter, span, EVERYWHERE, measure)
      const [people, lower, upper, doubtful] = [
        of('people'),
        of('lower'),
        of('upper'),
        of('doubtful'),
      ]
      const words = intervalWords({ people, lower, upper, doubtful }, this.#threshold)
      return `${capital(spanName(span, quarter))}: ${words.charAt(0).toLowerCase()}${words.slice(1)}`
    })
  }

  /** Every figure of a scope in a quarter and to its end, as tables. */
  tables(scope: ToldScope, quarter: Quarter): ReleasedTable[] {
    const places = [
      ...(['everywhere', 'area'] as const).map((kind) => ({ kind, code: '' })),
      ...this.#wards.map((code) => ({ kind: 'ward', code }) as const),
      ...(['area-unknown', 'outside', 'unknown'] as const).map((kind) => ({ kind, code: '' })),
    ]
    return [
      ...SPANS.map((span) => ({
        caption: `${scopeName(scope)} by place: ${spanName(span, quarter)}`,
        columns: ['Place', ...columnsOf(span)],
        rows: places.map((place) => [
          place.kind === 'ward' ? `Ward ${place.code}` : PLACE_NAMES[place.kind],
          ...this.#row(scope, quarter, span, place),
        ]),
      })),
      ...(scope.kind === 'all' ? [...this.#ofAll(quarter), ...this.ofUse(quarter)] : []),
    ]
  }

  /**
   * How services were used, and how scores changed: of all services, and activities of each. By the codes
   * of the text, or as it is `named`.
   */
  ofUse(quarter: Quarter, named: UseNames = BY_CODE): ReleasedTable[] {
    if (this.#use === undefined) return []
    return useTables({
      use: this.#use,
      scopes: this.scopes.map((scope) => ({ ...scope, name: named.scope(scope) })),
      scaleName: (code) => named.scale(code),
      find: (span, aspect, value, scope) =>
        this.#sent(scope, quarter, span)
          ? printedWords(
              this.#cells.get(keyOf(scope, quarter, span, EVERYWHERE, 'people', aspect, value)) ??
                0,
            )
          : NO_FILE,
    })
  }

  /** What is told of all services alone. */
  #ofAll(quarter: Quarter): ReleasedTable[] {
    const all = { kind: 'all', code: '' } as const
    return [
      ...SPANS.map((span) => ({
        caption: `Services and strands, everywhere: ${spanName(span, quarter)}`,
        columns: ['Service or strand', ...columnsOf(span)],
        rows: this.scopes
          .filter(({ kind }) => kind !== 'all')
          .map((scope) => [scopeName(scope), ...this.#row(scope, quarter, span, EVERYWHERE)]),
      })),
      ...ATTRIBUTES.map((attribute) => ({
        caption: `People by ${ATTRIBUTE_NAMES[attribute].toLowerCase()}`,
        columns: [ATTRIBUTE_NAMES[attribute], ...SPANS.map((span) => SPAN_COLUMNS[span])],
        rows: [...(this.#values.get(attribute) ?? [])].map((value) => [
          capital(valueName(attribute, value)),
          ...SPANS.map((span) =>
            this.#sent(all, quarter, span)
              ? printedWords(
                  this.#cells.get(
                    keyOf(all, quarter, span, EVERYWHERE, 'people', attribute, value),
                  ) ?? 0,
                )
              : NO_FILE,
          ),
        ]),
      })),
    ]
  }

  #row(scope: ToldScope, quarter: Quarter, span: Span, place: Place): string[] {
    if (!this.#sent(scope, quarter, span)) return columnsOf(span).map(() => NO_FILE)
    return MEASURES_OF[span].map((measure) =>
      printedWords(this.#printed(scope, quarter, span, place, measure)),
    )
  }

  #sent({ kind, code }: ToldScope, quarter: Quarter, span: Span): boolean {
    return wasSent(this.#facts, kind, code, quarter, span)
  }

  /** What is not in the text prints 0. */
  #printed(
    scope: ToldScope,
    quarter: Quarter,
    span: Span,
    place: Place,
    measure: Measure,
  ): Printed {
    return this.#cells.get(keyOf(scope, quarter, span, place, measure)) ?? 0
  }
}

/** What services, strands and scales of scores are called. */
export interface UseNames {
  scope(scope: ToldScope): string
  scale(code: string): string
}

const BY_CODE: UseNames = { scope: scopeName, scale: (code) => code }

interface Place {
  readonly kind: PlaceKind
  readonly code: string
}

const EVERYWHERE: Place = { kind: 'everywhere', code: '' }
const NO_FILE = 'No file'

const PLACE_NAMES: Readonly<Record<Exclude<PlaceKind, 'ward'>, string>> = {
  everywhere: 'Everywhere',
  area: 'The programme’s area',
  outside: 'Outside the area',
  unknown: 'Address not known',
  'area-unknown': 'In the area, ward not known',
}

const SPAN_COLUMNS: Readonly<Record<Span, string>> = {
  quarter: 'Quarter',
  year: 'Year to date',
  start: 'Since the start',
}

const COLUMNS: Readonly<Record<Measure, string>> = {
  people: 'People',
  lower: 'At least',
  upper: 'At most',
  doubtful: 'Records in doubt',
  children: 'Children',
  adults: 'Adults',
  families: 'Families',
  new: 'New this year',
  returning: 'Returning',
}

const OF_ALL = ['people', 'lower', 'upper', 'doubtful', 'children', 'adults', 'families'] as const

const MEASURES_OF: Readonly<Record<Span, readonly Measure[]>> = {
  quarter: [...OF_ALL, 'new', 'returning'],
  year: OF_ALL,
  start: OF_ALL,
}

function columnsOf(span: Span): string[] {
  return MEASURES_OF[span].map((measure) => COLUMNS[measure])
}

/** A scope as the text names it. */
export function scopeName({ kind, code }: ToldScope): string {
  return kind === 'all' ? 'All services' : `${kind === 'strand' ? 'Strand' : 'Service'} ${code}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function valueName(attribute: Attribute, value: string): string {
  if (value === NOT_KNOWN) return 'not known'
  if (attribute === 'age-band') return ageBandWords(value)
  return CODE_LISTS[attribute].codes.find(({ code }) => code === value)?.label ?? value
}

function spanName(span: Span, quarter: Quarter): string {
  const words = quarterWords(quarter)
  if (span === 'quarter') return words
  return `${span === 'year' ? 'year to date' : 'since the start'}, to the end of ${words}`
}

function keyOf(
  scope: ToldScope,
  quarter: Quarter,
  span: Span,
  place: Place,
  measure: Measure,
  attribute = '',
  value = '',
): string {
  const group = [scope.kind, scope.code, place.kind, place.code, attribute, value]
  return [quarter, span, ...group, measure].join('\t')
}
