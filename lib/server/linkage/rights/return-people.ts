import type pg from 'pg'
import { DATASETS } from '#server/intake/stops/apply-stops.ts'
import type { StopStore } from '#server/intake/stops/stopped-file.ts'
import { countPlaces, giveBack } from '#server/intake/stops/give-back.ts'
import { changeLinks } from '#server/linkage/links/change-links.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { APART, dropChange } from './remove-people.ts'
import type { RightsRequest } from './rights-request.ts'

/** What lifting a restriction came to. */
export interface Returned {
  /** Records that count again. */
  readonly records: number
}

/**
 * Lifts a restriction, in the caller's transaction under the locks of linking: the person's records are
 * linked as if they had come today, their marks are forgotten, so that later files keep them, and what
 * another request of theirs keeps out stays out. The request stays, as lifted.
 */
export async function returnPeople(
  client: pg.PoolClient,
  store: StopStore,
  { id, reference }: Pick<RightsRequest, 'id' | 'reference'>,
): Promise<Returned> {
  await inPrisma(client, async ({ rightsMark, rightsRequest }) => {
    await rightsRequest.update({
      select: { id: true },
      where: { reference },
      data: { outcome: 'lifted' },
    })
    await rightsMark.deleteMany({ where: { requestId: BigInt(id) } })
  })
  let records = 0
  for (const dataset of DATASETS) {
    const back = await giveBack(client, store, { request: id, dataset, apart: APART })
    records += countPlaces(back)
    const linked = back.filter(({ isLinked }) => isLinked)
    if (linked.length === 0) continue
    const home = [
      linked.map((record) => record.id),
      linked.map(({ submission }) => submission),
    ] as const
    await changeLinks(client, {
      ...{ dataset, arriving: [APART], leaving: [] },
      settle: async () => {
        await run(client, 'rights/bring-home', [...home], { dataset })
      },
    })
    await dropChange(client)
  }
  return { records }
}
