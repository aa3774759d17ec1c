import type pg from 'pg'
import type { Period } from '#core/measures/person-use.ts'
import {
  PRIORITY_AGE,
  type WardPopulation,
  type YoungChildren,
} from '#core/measures/young-children.ts'
import { quarterDays } from '#core/standard/quarter.ts'
import { answerOnce } from '#server/figures/reach/answer-once.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import type { Dataset } from '#server/programme/register/dataset.ts'

/** Young children reached by ward, and how many live there; no ward is among the latter before a file of populations came. */
export interface YoungReach extends YoungChildren {
  readonly populations: readonly WardPopulation[]
}

/** Counts young children reached in a period, by ward and age. Equals measureYoung in lib/core/measures. */
export async function measureYoungChildren(
  client: Database | pg.ClientBase,
  dataset: Dataset,
  { from, to }: Period,
  age = PRIORITY_AGE,
): Promise<YoungChildren> {
  const rows = await run(client, 'measures/young-children', [dataset, from, to, age])
  return {
    cells: rows
      .filter(({ people }) => people > 0)
      .map(({ ward, age: years, people, lower, upper }) => ({
        ...{ ward, age: years, people, lower, upper },
      })),
    ofNoWard: rows[0]?.of_no_ward ?? 0,
    ofNoBirth: rows[0]?.of_no_birth ?? 0,
  }
}

/** Which page looks: each look is audited as what it is. */
type YoungLook = 'wards.measured' | 'not-reached.measured'

/** Young children of production reached in a period by ward and age, for those with the right; the look is audited. */
export async function lookAtYoung(
  looks: Looks,
  actor: Actor,
  { from, to }: Period,
  event: YoungLook,
): Promise<({ readonly ok: true } & YoungReach) | Refusal<'not-found'>> {
  const year = Number(quarterDays(to).last.slice(0, 4))
  return looks.take(actor, 'exact.see', async (client) => ({
    ok: true,
    shown: {
      ...(await answerOnce(client, ['young-children', from, to], () =>
        measureYoungChildren(client, 'production', { from, to }),
      )),
      // A new file of populations changes no link.
      populations: await run(client, 'measures/ward-populations', [PRIORITY_AGE, year]),
    },
    entry: { event, subject: 'production', detail: { from, to } },
  }))
}
