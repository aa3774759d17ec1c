import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import type pg from 'pg'
import { estimateFigures, type Estimate } from '#core/estimate/estimate-figures.ts'
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
}

/** Estimates beside exact figures; cells run parallel to theirs. */
export interface EstimatedReach {
  readonly unique: EstimatedFigures
  readonly cells: readonly EstimatedFigures[]
  /** Pairs of clients that share an NHS number, from which the error rates are known. */
  readonly pairs: number
  /** Those whose rows leave most open first. */
  readonly services: readonly ServiceEvidence[]
}

const FIGURES = ['people', 'children', 'adults'] as const
type Figure = (typeof FIGURES)[number]

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
  const bytes = await promisify(inflate)(kept.mistakes)
  const mistakes = new Int32Array(new Uint8Array(bytes).buffer)
  const { copies, sampled, pairs } = kept
  const groups = cells.map((cell): string[] => {
    if (cell.quarter < from || cell.quarter > to) return []
    const values = by.map((name) =>
      name === 'strand' ? (strands.get(cell.service) ?? '') : cell[name],
    )
    const figures: readonly Figure[] = ['people', cell.role === 'child' ? 'children' : 'adults']
    return figures.flatMap((figure) => [nameOf(WHOLE, figure), nameOf(keyOf(values), figure)])
  })
  const estimates = estimateFigures(
    { copies, sampled, pairs, services, mistakes },
    new Map([
      ...countsOf(WHOLE, reach.unique),
      ...reach.cells.flatMap((cell) => countsOf(keyOf(cell.by), cell)),
    ]),
    (cell) => groups[cell] ?? [],
  )
  const figuresOf = (group: string): EstimatedFigures => {
    const [people, children, adults] = FIGURES.map((figure) => estimates.get(nameOf(group, figure)))
    if (people === undefined || children === undefined || adults === undefined) {
      throw new Error('a figure was not estimated')
    }
    return { people, children, adults }
  }
  return {
    unique: figuresOf(WHOLE),
    cells: reach.cells.map((cell) => figuresOf(keyOf(cell.by))),
    pairs,
    services,
  }
}

async function readStrands(client: Database | pg.ClientBase): Promise<Map<string, string>> {
  const services = await inPrisma(client, ({ service }) =>
    service.findMany({ select: { code: true, strandCode: true } }),
  )
  return new Map(services.map(({ code, strandCode }) => [code, strandCode]))
}

function countsOf(group: string, figures: UniqueFigures): [string, number][] {
  return FIGURES.map((figure) => [nameOf(group, figure), figures[figure]])
}

function keyOf(values: readonly string[]): string {
  return JSON.stringify(values)
}

function nameOf(group: string, figure: Figure): string {
  return `${figure} ${group}`
}
