import type pg from 'pg'
import type { Lattice } from '#core/disclosure/lattice.ts'
import { addCell, addYear, type LatticeCounts } from '#core/disclosure/lattice-counts.ts'
import { CONTACT_BANDS, ENDINGS, scaleCode, type UseGroups } from '#core/disclosure/released-use.ts'
import { run } from '#server/platform/db/run.ts'
import { changeRules } from '#server/figures/measures/change-rules.ts'

interface Sheet {
  readonly client: pg.ClientBase
  readonly lattice: Lattice
}

/** Whose people are counted: of which services, by their numbers, and into what. */
export interface UseOwner {
  readonly services: readonly number[]
  readonly counts: LatticeCounts
}

/** Counts what a release tells beside reach, where it does: after the working tables are filled, in their transaction. */
export async function countUse(sheet: Sheet, counts: LatticeCounts): Promise<void> {
  await countUseOf(sheet, [{ services: [...sheet.lattice.lists.services.keys()], counts }])
}

/** Counts activities, contacts, endings and scores of the people of some services alone, for each owner of such. */
export async function countUseOf(sheet: Sheet, owners: readonly UseOwner[]): Promise<void> {
  const { use } = sheet.lattice
  if (use === undefined || owners.length === 0) return
  await countParticipants(sheet, use, owners)
  await countUses(sheet, use, owners)
  await countScores(sheet, use, owners)
}

/** The owner, number and code of each service of each owner. */
function membersOf(
  { lists }: Lattice,
  owners: readonly UseOwner[],
): [owners: number[], services: number[], codes: string[]] {
  const members = owners.flatMap(({ services }, owner) =>
    services.map((service) => ({ owner, service })),
  )
  return [
    members.map(({ owner }) => owner),
    members.map(({ service }) => service),
    members.map(({ service }) => lists.services[service]?.code ?? ''),
  ]
}

async function countParticipants(
  { client, lattice }: Sheet,
  use: UseGroups,
  owners: readonly UseOwner[],
): Promise<void> {
  const { quarters, strands } = lattice.lists
  const last = quarters.at(-1) ?? ''
  const members = membersOf(lattice, owners)
  const rows = await run(client, 'releases/count-participants', ['production', last, ...members])
  const firstOf = [0, 1, 1 + strands.length]
  for (const { owner, level, scope, year, quarters: mask, people: count } of rows) {
    const group = use.activities[(firstOf[level] ?? 0) + scope]
    const counts = owners[owner]?.counts
    if (group === undefined || counts === undefined) continue
    addYear(lattice, counts, group, 'people', { year, mask, count })
  }
}

async function countUses(
  { client, lattice }: Sheet,
  use: UseGroups,
  owners: readonly UseOwner[],
): Promise<void> {
  const last = lattice.lists.quarters.at(-1) ?? ''
  const numbers = new Map<string, number>([
    ...CONTACT_BANDS.map((band, at) => [`contacts ${band}`, use.contacts[at] ?? 0] as const),
    ...ENDINGS.map((ending, at) => [`ending ${ending}`, use.endings[at] ?? 0] as const),
    ['declined turned-down', use.declined],
  ])
  const [members, , codes] = membersOf(lattice, owners)
  const rows = await run(client, 'releases/count-uses', ['production', last, members, codes])
  for (const { owner, aspect, value, quarter, people: count } of rows) {
    const group = numbers.get(`${aspect} ${value}`)
    const counts = owners[owner]?.counts
    if (group === undefined || counts === undefined)
      throw new Error('a use of services that no release tells of')
    addCell(lattice, counts, group, { quarter, span: 'quarter', measure: 'people', count })
  }
}

async function countScores(
  { client, lattice }: Sheet,
  use: UseGroups,
  owners: readonly UseOwner[],
): Promise<void> {
  const asked = await changeRules(client)
  const scales = lattice.lists.use?.scales ?? []
  if (asked === undefined || scales.length === 0) return
  const numbers = new Map(scales.map(({ code }, at) => [code, use.scales[at]]))
  for (const quarter of lattice.lists.quarters) {
    const first = `${quarter.slice(0, 4)}-Q1`
    const rows = await run(client, 'releases/count-scores', [
      'production',
      first,
      quarter,
      ...asked,
      ...membersOf(lattice, owners),
    ])
    for (const row of rows) {
      const groups = numbers.get(scaleCode(row))
      const counts = owners[row.owner]?.counts
      if (groups === undefined || counts === undefined) continue
      const add = (group: number | undefined, count: number): void => {
        if (group === undefined) return
        addCell(lattice, counts, group, {
          ...{ quarter: countedThrough(quarter), span: 'year', measure: 'people', count },
        })
      }
      const [improved, same, worse] = groups.changed
      add(groups.scored, row.scored)
      add(groups.paired, row.paired)
      add(improved, row.improved)
      add(same, row.paired - row.improved - row.worse)
      add(worse, row.worse)
    }
  }
}

/** Years × 4 + 0 to 3. */
function countedThrough(quarter: string): number {
  return Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1
}
