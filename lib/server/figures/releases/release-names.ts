import type { PlaceKind, ScopeKind } from '#core/disclosure/lattice.ts'
import { readRegisterNames } from '#server/programme/register/register-names.ts'
import type { Release, ReleaseReader } from './list-releases.ts'

/** By which names pages and downloads call what is in a release. */
export interface ReleaseNames {
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

/**
 * Reads the names of the register as they were in a release's last quarter; a code that has left it
 * is its own name.
 */
export async function readNames(
  client: ReleaseReader,
  { lastQuarter }: Pick<Release, 'lastQuarter'>,
): Promise<ReleaseNames> {
  const { services, strands, wards } = await readRegisterNames(client, lastQuarter)
  return {
    scope: (kind, code) =>
      kind === 'all'
        ? 'All services'
        : ((kind === 'service' ? services : strands).get(code) ?? code),
    place: (kind, code) => (kind === 'ward' ? (wards.get(code) ?? code) : PLACE_NAMES[kind]),
  }
}

/** The places of a release in the order in which they are shown. */
export function placeNames(
  release: Pick<Release, 'wards'>,
  names: ReleaseNames,
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
