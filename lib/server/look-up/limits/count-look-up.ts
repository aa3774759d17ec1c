import type pg from 'pg'
import type { LookUpAlarm } from '#core/messages/look-up/look-up-words.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import {
  CASE_ALARM_AT,
  CASE_DAYS,
  MOST_IN_A_DAY,
  REMEMBERED,
  VOLUME_ALARM_AT,
  WAITS,
  WRONG_TRIES,
} from './look-up-limits.ts'

const DAY = 86_400_000

/** Who looks up, and for which case. */
export interface CountedLookUp {
  readonly by: string
  /** Keyed digest of the case reference. */
  readonly caseDigest: Uint8Array<ArrayBuffer>
}

/**
 * Whether somebody may look up one person more, and what is to be told of it, in the transaction that looks up. Of two
 * at once the second waits, and is counted after the first. Refused where it is one too many, or where several in a
 * row found nobody and no minute has passed since.
 */
export async function countLookUp(
  client: pg.ClientBase,
  { by, caseDigest }: CountedLookUp,
  now: Date,
): Promise<
  | { readonly ok: true; readonly alarms: readonly LookUpAlarm[] }
  | Refusal<'look-up-wait' | 'look-ups-many'>
> {
  await run(client, 'approvals/lock-asking', [`look-up ${by}`])
  const before = (milliseconds: number): Date => new Date(now.getTime() - milliseconds)
  return inPrisma(client, async ({ lookUp }) => {
    const inADay = await lookUp.count({ where: { askedBy: by, askedAt: { gt: before(DAY) } } })
    if (inADay >= MOST_IN_A_DAY) return refuse('look-ups-many')
    const latest = await lookUp.findMany({
      where: { askedBy: by, askedAt: { gt: before(REMEMBERED) } },
      select: { people: true, askedAt: true },
      orderBy: { id: 'desc' },
      take: WRONG_TRIES,
    })
    const isRow = latest.length === WRONG_TRIES && latest.every(({ people }) => people === 0)
    if (isRow && (latest[0]?.askedAt ?? now) > before(WAITS)) return refuse('look-up-wait')
    const ofCase = await lookUp.count({
      where: { askedBy: by, caseDigest, askedAt: { gt: before(CASE_DAYS * DAY) } },
    })
    const alarms: LookUpAlarm[] = []
    if (inADay + 1 === VOLUME_ALARM_AT) alarms.push('volume')
    if (ofCase + 1 === CASE_ALARM_AT) alarms.push('one-case')
    return { ok: true, alarms }
  })
}
