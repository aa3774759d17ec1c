import { CODE_LISTS } from '#core/standard/codes.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import { ageBandWords, NOT_KNOWN } from '#core/disclosure/age-bands.ts'
import { ATTRIBUTES, type Attribute, type Span } from '#core/disclosure/lattice.ts'
import { percentageOf, type Printed } from '#core/disclosure/printed.ts'
import { intervalWords, type ReleasedFigures } from '#core/disclosure/released-figures.ts'
import { run } from '#server/platform/db/run.ts'
import { wasSent } from '#core/disclosure/coverage.ts'
import type { Release, ReleaseReader } from './list-releases.ts'
import { CellTable, type PlaceChoice, type ScopeChoice } from './cell-table.ts'
import { placeNames, readNames, type ReleaseNames } from './release-names.ts'

/** The figures of one service, strand, ward or quarter. */
export interface FigureRow {
  /** A code of the register, a place's kind, or a quarter. */
  readonly code: string
  readonly name: string
  /** Null where no file had come, so that there is nothing to show. */
  readonly figures: ReleasedFigures | null
  /** How far doubtful matches leave the figure of people open; empty without figures. */
  readonly interval: string
  /**
   * Share of the people of all rows, whole per cent from printed values; null where it may not be
   * told.
   */
  readonly share: number | null
}

/** What was reached in one span, by what. */
export interface SpanFigures {
  readonly quarter: Quarter
  readonly span: Span
  /** All of the scope in all of the place, each person once. */
  readonly whole: FigureRow
  readonly strands: readonly FigureRow[]
  readonly services: readonly FigureRow[]
  /** The programme's area, its wards, outside and not known. */
  readonly places: readonly FigureRow[]
}

const EVERYWHERE: PlaceChoice = { place: 'everywhere' }
const ALL: ScopeChoice = { scope: 'all' }

/**
 * Figures of a quarter and span: every service and strand in one place, and every place for one
 * scope.
 */
export async function readSpanFigures(
  client: ReleaseReader,
  release: Release,
  wanted: {
    quarter: Quarter
    span: Span
    place?: PlaceChoice
    scope?: ScopeChoice
    /** Read where they are left out. */
    names?: ReleaseNames
  },
): Promise<SpanFigures> {
  const { quarter, span, place = EVERYWHERE, scope = ALL } = wanted
  const at = { place: place.place, placeCode: place.code ?? '' }
  const of = { scope: scope.scope, scopeCode: scope.code ?? '' }
  const table = new CellTable(
    await run(client, 'releases/read-crossing', [
      release.id,
      quarter,
      span,
      at.place,
      at.placeCode,
      of.scope,
      of.scopeCode,
    ]),
  )
  const names = wanted.names ?? (await readNames(client, release))
  const whole = table.find({ ...of, ...at }, quarter, span).people
  const row = (code: string, name: string, who: ScopeChoice, where: typeof at): FigureRow => {
    const sent = wasSent(release, who.scope, who.code ?? '', quarter, span)
    const figures = table.find(
      { scope: who.scope, scopeCode: who.code ?? '', ...where },
      quarter,
      span,
    )
    return figureRow(release, code, name, sent ? figures : null, whole)
  }
  return {
    quarter,
    span,
    whole: row(scope.code ?? '', names.scope(of.scope, of.scopeCode), scope, at),
    strands: release.strands.map((code) =>
      row(code, names.scope('strand', code), { scope: 'strand', code }, at),
    ),
    services: release.services.map(({ code }) =>
      row(code, names.scope('service', code), { scope: 'service', code }, at),
    ),
    places: placeNames(release, names).map(({ kind, code, name }) =>
      row(code === '' ? kind : code, name, scope, { place: kind, placeCode: code }),
    ),
  }
}

/** One quarter of a trend. */
export interface TrendRow extends FigureRow {
  readonly quarter: Quarter
  /** People in the year to the end of the quarter, and since the start; null without a file. */
  readonly yearToDate: Printed | null
  readonly sinceStart: Printed | null
}

/**
 * How a scope's figures in a place went over the quarters of a release, with new and returning
 * people.
 */
export async function readTrend(
  client: ReleaseReader,
  release: Release,
  wanted: { place?: PlaceChoice; scope?: ScopeChoice },
): Promise<TrendRow[]> {
  const { place = EVERYWHERE, scope = ALL } = wanted
  const group = {
    scope: scope.scope,
    scopeCode: scope.code ?? '',
    place: place.place,
    placeCode: place.code ?? '',
  }
  const table = new CellTable(
    await run(client, 'releases/read-trend', [
      release.id,
      group.scope,
      group.scopeCode,
      group.place,
      group.placeCode,
    ]),
  )
  return release.quarters.map((quarter) => {
    const sent = (span: Span): boolean =>
      wasSent(release, group.scope, group.scopeCode, quarter, span)
    const figures = sent('quarter') ? table.find(group, quarter, 'quarter') : null
    return {
      quarter,
      ...figureRow(release, quarter, quarter, figures, '*'),
      yearToDate: sent('year') ? table.find(group, quarter, 'year').people : null,
      sinceStart: sent('start') ? table.find(group, quarter, 'start').people : null,
    }
  })
}

/** People by one attribute. */
export interface Breakdown {
  readonly attribute: Attribute
  readonly rows: readonly {
    readonly value: string
    readonly name: string
    readonly people: Printed
    readonly share: number | null
  }[]
}

/** The one-way breakdowns of a quarter and span: all services everywhere. */
export async function readBreakdowns(
  client: ReleaseReader,
  release: Release,
  { quarter, span }: { quarter: Quarter; span: Span },
): Promise<Breakdown[]> {
  const table = new CellTable(
    await run(client, 'releases/read-breakdowns', [release.id, quarter, span]),
  )
  const whole = table.find({}, quarter, span).people
  return ATTRIBUTES.map((attribute) => ({
    attribute,
    rows: attributeValues(release, attribute).map(({ value, name }) => {
      const { people } = table.find({ attribute, attributeValue: value }, quarter, span)
      return { value, name, people, share: percentageOf(people, whole, release.settings) }
    }),
  }))
}

/** The values of an attribute in a release, with their words. */
export function attributeValues(
  release: Pick<Release, 'settings'>,
  attribute: Attribute,
): { value: string; name: string }[] {
  if (attribute === 'age-band') {
    return release.settings.ageBands.map((value) => ({ value, name: ageBandWords(value) }))
  }
  const listed = CODE_LISTS[attribute].codes.filter(({ code }) => code !== NOT_KNOWN)
  return [
    ...listed.map(({ code, label }) => ({ value: code, name: label })),
    { value: NOT_KNOWN, name: 'not known' },
  ]
}

function figureRow(
  release: Release,
  code: string,
  name: string,
  figures: ReleasedFigures | null,
  whole: Printed,
): FigureRow {
  return {
    code,
    name,
    figures,
    interval: figures === null ? '' : intervalWords(figures, release.settings.threshold),
    share: figures === null ? null : percentageOf(figures.people, whole, release.settings),
  }
}
