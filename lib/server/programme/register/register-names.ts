import type pg from 'pg'
import { readTilePlace, type TilePlace } from '#core/charts/tile-map.ts'
import type { Quarter } from '#core/standard/quarter.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'

/** The names of the register by code. */
export interface RegisterNames {
  readonly services: ReadonlyMap<string, string>
  readonly strands: ReadonlyMap<string, string>
  readonly wards: ReadonlyMap<string, string>
}

/** Reads every name of the register, as it was in a quarter where one is given. */
export async function readRegisterNames(
  on: Database | pg.ClientBase,
  quarter: Quarter | null = null,
): Promise<RegisterNames> {
  const rows = await run(on, 'programme/read-names', [quarter])
  const ofKind = (wanted: string): Map<string, string> =>
    new Map(rows.filter(({ kind }) => kind === wanted).map(({ code, name }) => [code, name]))
  return { services: ofKind('service'), strands: ofKind('strand'), wards: ofKind('ward') }
}

/** A service and a quarter of it. */
export interface ServicePlace {
  readonly service: string
  readonly quarter: string
}

/** What a service was called in a quarter; of one that the register does not have, its code. */
export type NamedIn = (place: ServicePlace) => string

/** Reads what services were called in quarters: of those places alone the answer may be asked. */
export async function readNamesIn(
  on: Database | pg.ClientBase,
  places: readonly ServicePlace[],
): Promise<NamedIn> {
  const rows = await run(on, 'programme/read-names-in', [
    places.map(({ service }) => service),
    places.map(({ quarter }) => quarter),
  ])
  const names = new Map(rows.map(({ service, quarter, name }) => [`${service} ${quarter}`, name]))
  return ({ service, quarter }) => names.get(`${service} ${quarter}`) ?? service
}

/** A ward of the register, with its place on a map of tiles. */
export interface RegisteredWard {
  readonly code: string
  readonly name: string
  readonly tile: TilePlace | undefined
}

/** Reads the wards, in the order of their names as they were in a quarter. */
export async function readWards(
  on: Database | pg.ClientBase,
  quarter: Quarter,
): Promise<RegisteredWard[]> {
  const { wards } = await readRegisterNames(on, quarter)
  const rows = await inPrisma(on, ({ ward }) =>
    ward.findMany({ select: { code: true, tile: true } }),
  )
  const tiles = new Map(rows.map(({ code, tile }) => [code, readTilePlace(tile ?? '')]))
  return [...wards]
    .map(([code, name]) => ({ code, name, tile: tiles.get(code) }))
    .sort((left, right) => left.name.localeCompare(right.name, 'en-GB'))
}
