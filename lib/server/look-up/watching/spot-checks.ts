import type { Verdict } from '#core/messages/look-up/look-up-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { WatchContext } from './list-look-ups.ts'

/** Look-ups that are drawn at a time, and the days back from which. */
export const SAMPLE = 10
export const SAMPLE_DAYS = 30

/**
 * Draws look-ups of the last days by lot to be checked, those with an alarm first; what was drawn before is not drawn
 * again. Answers how many there were.
 */
export async function drawSample(
  { pool, now }: WatchContext,
  actor: Actor,
): Promise<{ readonly ok: true; readonly drawn: number } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'look-up.watch'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const drawn = await run(client, 'look-up/draw-sample', [now(), SAMPLE_DAYS, SAMPLE])
    const detail = { drawn }
    await appendAudit(client, {
      actor: actor.userId,
      event: 'look-ups.sampled',
      subject: '',
      detail,
    })
    return { ok: true, drawn }
  })
}

/** What somebody who watches says of a look-up; nobody judges their own, and what was said last counts. */
export async function judgeLookUp(
  { pool, now }: WatchContext,
  actor: Actor,
  reference: string,
  verdict: Verdict,
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'look-up.watch'))) return NOT_HELD
  return withTransaction(forActor(pool, actor), async (client) => {
    const { count } = await inPrisma(client, ({ lookUp }) =>
      lookUp.updateMany({
        where: { reference, askedBy: { not: actor.userId } },
        data: { verdict, checkedBy: actor.userId, checkedAt: now() },
      }),
    )
    if (count === 0) return refuse('not-found')
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'look-up.checked', subject: reference, detail: { verdict } },
    })
    return { ok: true }
  })
}
