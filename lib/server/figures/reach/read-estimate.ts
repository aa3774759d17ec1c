import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type pg from 'pg'
import {
  estimateFamilies,
  estimateFigures,
  type Estimate,
} from '#core/estimate/estimate-figures.ts'
import type { FamilyEvidence } from '#core/estimate/copied-families.ts'
import type { ServiceEvidence } from '#core/estimate/copied-reach.ts'
import type { Grouping, UniqueFigures } from '#core/reach/measure.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import type { EstimateCell } from './make-estimate.ts'
import type { ExactReach, ReachPeriod } from './measure-reach.ts'

/** Estimates beside the unique figures of one whole or cell. */
export interface EstimatedFigures {
  readonly people: Estimate
  readonly children: Estimate
  readonly adults: Estimate
  readonly families: Estimate
}

/** Estimates beside exact figures; cells run parallel to theirs. */
export interface EstimatedReach {
  readonly unique: EstimatedFigures
  readonly cells: readonly EstimatedFigures[]
  /** Pairs of clients that share an NHS number, from which the error rates are known. */
  readonly pairs: number
  /** Those whose rows leave most open first. */
  readonly services: readonly ServiceEvidence[]
  readonly families: FamilyEvidence
}

const FIGURES = ['people', 'children', 'adults'] as const
type Figure = (typeof FIGURES)[number] | 'families'

/** Which cells of an estimate a figure is of: the figures of the whole begin with nothing. */
const WHOLE = 'whole'

/**
 * Estimates exact figures of production, by whatever they are grouped; undefined while the estimate
 * of the links as they are is being made.
 */
export async function readEstimate(
  client: Database | pg.ClientBase,
  { from, to }: Omit<ReachPeriod, 'dataset'>,
  by: readonly Grouping[],
  reach: ExactReach,
): Promise<EstimatedReach | undefined> {
  const [kept] = await run(client, 'reach/read-estimate', [])
  if (kept === undefined) return undefined
  const strands = by.includes('strand') ? await readStrands(client) : new Map<string, string>()
  // What makeEstimate wrote.
  const cells = kept.cells as readonly EstimateCell[]
  const services = kept.services as readonly ServiceEvidence[]
  const mistakes = await unpack(kept.mistakes)
  const familyMistakes = await unpack(kept.family_mistakes)
  const { copies, sampled, pairs } = kept
  const groups = cells.map((cell): string[] => {
    if (cell.quarter < from || cell.quarter > to) return []
    const values = by.map((name) =>
      name === 'strand' ? (strands.get(cell.service) ?? '') : cell[name],
    )
    const figures: readonly Figure[] = ['people', cell.role === 'child' ? 'children' : 'adults']
    return [...figures, 'families' as const].flatMap((figure) => [
      nameOf(WHOLE, figure),
      nameOf(keyOf(values), figure),
    ])
  })
  const figuresOfCell = (cell: number): readonly string[] => groups[cell] ?? []
  const counts = (figures: readonly Figure[]): Map<string, number> =>
    new Map([
      ...countsOf(figures, WHOLE, reach.unique),
      ...reach.cells.flatMap((cell) => countsOf(figures, keyOf(cell.by), cell)),
    ])
  const estimates = new Map([
    ...estimateFigures({ copies, sampled, mistakes }, counts(FIGURES), figuresOfCell),
    ...estimateFamilies(
      { copies: kept.family_copies, sampled, mistakes: familyMistakes },
      counts(['families']),
      figuresOfCell,
    ),
  ])
  const figuresOf = (group: string): EstimatedFigures => {
    const of = (figure: Figure): Estimate => {
      const estimate = estimates.get(nameOf(group, figure))
      if (estimate === undefined) throw new Error('a figure was not estimated')
      return estimate
    }
    return {
      people: of('people'),
      children: of('children'),
      adults: of('adults'),
      families: of('families'),
    }
  }
  return {
    unique: figuresOf(WHOLE),
    cells: reach.cells.map((cell) => figuresOf(keyOf(cell.by))),
    pairs,
    services,
    // What makeEstimate wrote.
    families: kept.families as FamilyEvidence,
  }
}

async function readStrands(client: Database | pg.ClientBase): Promise<Map<string, string>> {
  const services = await inPrisma(client, ({ service }) =>
    service.findMany({ select: { code: true, strandCode: true } }),
  )
  return new Map(services.map(({ code, strandCode }) => [code, strandCode]))
}

async function unpack(deflated: Uint8Array): Promise<Int32Array> {
  const bytes = await promisify(inflate)(deflated)
  return new Int32Array(new Uint8Array(bytes).buffer)
}

function countsOf(
  names: readonly Figure[],
  group: string,
  figures: UniqueFigures,
): [string, number][] {
  return names.map((figure) => [nameOf(group, figure), figures[figure]])
}

function keyOf(values: readonly string[]): string {
  return JSON.stringify(values)
}

function nameOf(group: string, figure: Figure): string {
  return `${figure} ${group}`
}
