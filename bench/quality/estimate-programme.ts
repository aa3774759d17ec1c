import type { CopiedReach } from '#core/estimate/copied-reach.ts'
import {
  estimateFamilies,
  estimateFigures,
  type Estimate,
} from '#core/estimate/estimate-figures.ts'
import { ReachCopier } from '#core/estimate/reach-copier.ts'

import type { LinkedRecords } from './link-records.ts'
import type { QualityProgramme } from './make-records.ts'
import { percent, print, printTable } from './print-tables.ts'

/** A figure of one programme: what there is, what was found, and what it was estimated to be. */
interface JudgedFigure {
  readonly truth: number
  readonly found: number
  readonly estimate: Estimate
}

/** Kinds of figures, from the whole to single cells. */
const KINDS = [
  'people',
  'children',
  'adults',
  'service',
  'ward',
  'quarter',
  'families',
  'families-service',
] as const
type FigureKind = (typeof KINDS)[number]

/** Estimates programmes, and holds every figure of them against the truth. */
export class EstimateTally {
  readonly #figures = new Map<FigureKind, JudgedFigure[]>(KINDS.map((kind) => [kind, []]))
  #seconds = 0
  #clients = 0

  /** Estimates one programme. */
  add(
    { records, truth }: QualityProgramme,
    { parts, clusters, families, options }: LinkedRecords,
    { seed, copies }: { readonly seed: number; readonly copies: number },
  ): void {
    const started = process.cpuUsage()
    const copier = new ReachCopier({ ...options, seed, copies, sampled: 1 })
    // Each record is a cell of its own: what belongs to which figure is asked of the record.
    for (const part of parts) {
      const cells = part.places.map((place) => (truth[place]?.reached === true ? place : -1))
      copier.add(part.records, cells, part.decision)
    }
    this.#clients += copier.clients
    const making = copier.copy()
    let made = making.next()
    while (made.done !== true) made = making.next()
    const figuresOf = (place: number): string[] => {
      const record = records[place]
      if (record === undefined) return []
      return [
        'people',
        record.role === 'child' ? 'children' : 'adults',
        `service ${record.service}`,
        `ward ${record.ward}`,
        `quarter ${record.quarter}`,
      ]
    }
    const found = new Map<string, Set<number>>()
    const people = new Map<string, Set<string>>()
    truth.forEach(({ person, reached }, place) => {
      if (!reached) return
      for (const figure of figuresOf(place)) {
        found.set(figure, (found.get(figure) ?? new Set<number>()).add(clusters[place] ?? 0))
        people.set(figure, (people.get(figure) ?? new Set<string>()).add(person))
      }
    })
    const counts = new Map(Array.from(found, ([figure, { size }]) => [figure, size]))
    for (const [figure, estimate] of estimateFigures(made.value, counts, figuresOf)) {
      const [kind = ''] = figure.split(' ')
      this.#figures.get(kind as FigureKind)?.push({
        truth: people.get(figure)?.size ?? 0,
        found: counts.get(figure) ?? 0,
        estimate,
      })
    }
    this.#addFamilies({ records, truth }, families, made.value)
    const { user, system } = process.cpuUsage(started)
    this.#seconds += (user + system) / 1e6
  }

  /** True families are those of whose children some record tells. */
  #addFamilies(
    { records, truth }: QualityProgramme,
    families: Int32Array,
    copied: CopiedReach,
  ): void {
    const withChild = new Set<number>()
    records.forEach(({ role }, place) => {
      if (role === 'child') withChild.add(truth[place]?.family ?? -1)
    })
    const figuresOf = (place: number): string[] => {
      const record = records[place]
      return record === undefined ? [] : ['families', `families-service ${record.service}`]
    }
    const found = new Map<string, Set<number>>()
    const real = new Map<string, Set<number>>()
    truth.forEach(({ family, reached }, place) => {
      if (!reached) return
      for (const figure of figuresOf(place)) {
        const own = families[place] ?? -1
        const of = found.get(figure) ?? new Set<number>()
        found.set(figure, own < 0 ? of : of.add(own))
        if (withChild.has(family)) {
          real.set(figure, (real.get(figure) ?? new Set<number>()).add(family))
        }
      }
    })
    const counts = new Map(Array.from(found, ([figure, { size }]) => [figure, size]))
    for (const [figure, estimate] of estimateFamilies(copied.families, counts, figuresOf)) {
      const [kind = ''] = figure.split(' ')
      this.#figures.get(kind as FigureKind)?.push({
        truth: real.get(figure)?.size ?? 0,
        found: counts.get(figure) ?? 0,
        estimate,
      })
    }
  }

  /** Prints error, width and coverage for each kind of figure. */
  print(setting: string): void {
    print(`\n${setting}: estimates of unique reach`)
    printTable(
      [
        'figure',
        'how many',
        'found off',
        'estimate off',
        'bias',
        'within 0.3 %',
        'within 1 %',
        'width',
        'covered',
      ],
      [...this.#figures].map(([kind, figures]) => [
        kind,
        // What is nobody in truth has no error in percent.
        ...summary(figures.filter(({ truth }) => truth > 0)),
      ]),
    )
    print(
      `  ${String(this.#clients)} clients copied in ${this.#seconds.toFixed(1)} s of processor time`,
    )
  }
}

function summary(figures: readonly JudgedFigure[]): string[] {
  const mean = (of: (figure: JudgedFigure) => number): number =>
    figures.reduce((sum, figure) => sum + of(figure), 0) / Math.max(1, figures.length)
  const off = ({ estimate, truth }: JudgedFigure): number => estimate.estimate / truth - 1
  return [
    String(figures.length),
    percent(mean(({ found, truth }) => Math.abs(found / truth - 1))),
    percent(mean((figure) => Math.abs(off(figure)))),
    percent(mean(off)),
    percent(
      mean((figure) => (Math.abs(off(figure)) <= 0.003 ? 1 : 0)),
      0,
    ),
    percent(
      mean((figure) => (Math.abs(off(figure)) <= 0.01 ? 1 : 0)),
      0,
    ),
    percent(mean(({ estimate, truth }) => (estimate.high - estimate.low) / truth)),
    percent(
      mean(({ estimate, truth }) => (estimate.low <= truth && truth <= estimate.high ? 1 : 0)),
      1,
    ),
  ]
}
