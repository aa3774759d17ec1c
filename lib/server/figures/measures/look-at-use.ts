import type { Period } from '#core/measures/person-use.ts'
import { answerOnce } from '#server/figures/reach/answer-once.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Looks } from '#server/identity/audit/looks.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { measureUses, measureWays, type MeasuredUse, type MeasuredWays } from './measure-use.ts'

/** How services of production were used in a period, for those with the right; the look is audited. */
export async function lookAtUse(
  looks: Looks,
  actor: Actor,
  { from, to }: Period,
): Promise<({ readonly ok: true } & MeasuredUse) | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    // Changes of scores are by the framework in force.
    const framework = (await readFramework(client))?.version ?? 0
    return {
      ok: true,
      shown: await answerOnce(client, ['use', from, to, String(framework)], () =>
        measureUses(client, 'production', { from, to }),
      ),
      entry: { event: 'use.measured', subject: 'production', detail: { from, to } },
    }
  })
}

/** How people of production went from service to service in a period, for those with the right; the look is audited. */
export async function lookAtWays(
  looks: Looks,
  actor: Actor,
  { from, to }: Period,
): Promise<({ readonly ok: true } & MeasuredWays) | Refusal<'not-found'>> {
  return looks.take(actor, 'exact.see', async (client) => {
    const framework = (await readFramework(client))?.version ?? 0
    return {
      ok: true,
      shown: await answerOnce(client, ['ways', from, to, String(framework)], () =>
        measureWays(client, 'production', { from, to }),
      ),
      entry: { event: 'pathways.measured', subject: 'production', detail: { from, to } },
    }
  })
}
