import type { PlaceKind, ScopeKind } from '#core/disclosure/lattice.ts'
import { databaseFault } from '#server/platform/db/database-fault.ts'
import type { Release, ReleaseReader } from './list-releases.ts'

/** The register's names, by which pages and downloads call what is in a release. */
export interface RegisterNames {
  scope(kind: ScopeKind, code: string): string
  place(kind: PlaceKind, code: string): string
}

const PLACE_NAMES: Readonly<Record<Exclude<PlaceKind, 'ward'>, string>> = {
  everywhere: 'Everywhere',
  area: 'The programme’s area',
  outside: 'Outside the area',
  unknown: 'Address not known',
  'area-unknown': 'In the area, ward not known',
}

/** Reads the names; a code that has left the register is its own name. */
export async function readNames(client: ReleaseReader): Promise<RegisterNames> {
  const { rows } = await client
    .query<{ kind: string; code: string; name: string }>(
      `select 'service' as kind, code, name from service
       union all select 'strand', code, name from strand
       union all select 'ward', code, name from ward`,
    )
    .catch((error: unknown) => {
      throw databaseFault(error)
    })
  const names = new Map(rows.map(({ kind, code, name }) => [`${kind} ${code}`, name]))
  const named = (kind: string, code: string): string => names.get(`${kind} ${code}`) ?? code
  return {
    scope: (kind, code) => (kind === 'all' ? 'All services' : named(kind, code)),
    place: (kind, code) => (kind === 'ward' ? named(kind, code) : PLACE_NAMES[kind]),
  }
}

/** The places of a release in the order in which they are shown. */
export function placeNames(
  release: Pick<Release, 'wards'>,
  names: RegisterNames,
): { kind: PlaceKind; code: string; name: string }[] {
  const kinds = ['everywhere', 'area'] as const
  const rest = ['area-unknown', 'outside', 'unknown'] as const
  const plain = (
    kind: Exclude<PlaceKind, 'ward'>,
  ): { kind: PlaceKind; code: string; name: string } => ({
    kind,
    code: '',
    name: names.place(kind, ''),
  })
  return [
    ...kinds.map(plain),
    ...release.wards.map((code) => ({
      kind: 'ward' as const,
      code,
      name: names.place('ward', code),
    })),
    ...rest.map(plain),
  ]
}
