import {
  cellNumber,
  FIRST_WARD,
  groupNumber,
  MEASURE,
  SPAN,
  SPANS,
  type Lattice,
  type Span,
} from '#core/disclosure/lattice.ts'
import { UNION_MEASURES, unionCell, type ServiceUnions } from '#core/disclosure/service-unions.ts'
import type { SystemBuilder } from './system.ts'

/** What is in a total and in no service of somebody's: added, and taken off. */
export interface Rest {
  readonly plus: readonly number[]
  readonly minus: readonly number[]
}

interface Counted {
  readonly lattice: Lattice
  readonly unions?: ServiceUnions | undefined
}

/**
 * Adds what counts of several services together say of the totals that they are in: no total is
 * less, nor more than they and all other services. Unknowns of unions are numbered after the cells.
 * Answers what everybody else comes to, to who has one service or counted several together: in each
 * total, and since the quarter before.
 */
export function relateUnions(release: Counted, builder: SystemBuilder): Rest[] {
  const { lattice, unions } = release
  const { quarters, services } = lattice.lists
  const own = [...services.keys()].map((service) => [service])
  const owners = [
    ...own.map((of) => new Owner(release, of)),
    ...(unions?.services ?? []).map((of, union) => new Owner(release, of, union)),
  ]
  const rests: Rest[] = []
  for (const owner of owners) {
    for (const quarter of quarters.keys()) {
      for (const span of SPANS) {
        const before = quarterBefore(quarters, quarter, span)
        for (let place = 0; place < FIRST_WARD + lattice.lists.wards.length; place++) {
          for (const measure of UNION_MEASURES) {
            const at = { place, span, measure }
            const part = owner.part({ ...at, quarter })
            for (const total of owner.totals) {
              const whole = owner.cell(total, { ...at, quarter })
              if (builder.nonZero([whole]).length === 0) continue
              if (owner.union !== undefined) {
                builder.order(whole, part)
                const others = owner
                  .others(total)
                  .map((scope) => owner.cell(scope, { ...at, quarter }))
                builder.relate([part, ...others], [whole], 0, Infinity)
              }
              rests.push({ plus: [whole], minus: [part] })
              if (before === undefined) continue
              const then = { ...at, quarter: before }
              rests.push({
                plus: [whole, owner.part(then)],
                minus: [part, owner.cell(total, then)],
              })
            }
          }
        }
      }
    }
  }
  return rests
}

/** The quarter that a growing span is compared with; undefined where nothing came before. */
export function quarterBefore(
  quarters: readonly string[],
  quarter: number,
  span: Span,
): number | undefined {
  if (span === 'quarter' || quarter === 0) return undefined
  return span === 'year' && quarters[quarter]?.endsWith('Q1') === true ? undefined : quarter - 1
}

/** Scope by level: 0 all services, 1 a strand, 2 a service. */
interface Scope {
  readonly level: number
  readonly scope: number
}

interface Where {
  readonly place: number
  readonly quarter: number
  readonly span: Span
  readonly measure: (typeof UNION_MEASURES)[number]
}

/** Somebody with one service, or with several whose people they counted together. */
class Owner {
  /** The totals that their services are all in. */
  readonly totals: readonly Scope[]
  readonly union: number | undefined
  readonly #release: Counted
  readonly #own: readonly number[]

  constructor(release: Counted, own: readonly number[], union?: number) {
    const { services, strands } = release.lattice.lists
    const [strand = '', ...more] = new Set(own.map((service) => services[service]?.strand ?? ''))
    const number = more.length === 0 ? strands.indexOf(strand) : -1
    this.#release = release
    this.#own = own
    this.union = union
    this.totals = [{ level: 0, scope: 0 }, ...(number < 0 ? [] : [{ level: 1, scope: number }])]
  }

  /** What they counted. */
  part(where: Where): number {
    const { lattice } = this.#release
    if (this.union !== undefined) return lattice.cells + unionCell(lattice, this.union, where)
    return this.cell({ level: 2, scope: this.#own[0] ?? 0 }, where)
  }

  cell({ level, scope }: Scope, { place, quarter, span, measure }: Where): number {
    const { lattice } = this.#release
    const group = groupNumber(lattice, level, scope, place)
    return cellNumber(lattice, group, quarter, SPAN[span], MEASURE[measure])
  }

  /** The services of a total that are not theirs. */
  others({ level, scope }: Scope): Scope[] {
    const { services, strands } = this.#release.lattice.lists
    return [...services.keys()]
      .filter((service) => !this.#own.includes(service))
      .filter((service) => level === 0 || services[service]?.strand === strands[scope])
      .map((service) => ({ level: 2, scope: service }))
  }
}
