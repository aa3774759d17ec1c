import { PSEUDONYM_COLUMNS } from '#core/pseudonym/kinds.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { sealPseudonym } from '#server/intake/stops/sealed-marks.ts'
import { openStopKey } from '#server/keys/stop-key.ts'
import { pseudonymsOfTyped } from '#server/linkage/rights/typed-pseudonyms.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import type { Unread } from '#server/store/unread.ts'

/** The look-ups of a person, newest first, by reference. */
export interface LookUpsOfPerson {
  readonly ok: true
  readonly references: readonly string[]
}

/** What tells somebody at all: a contact or an address alone is a household's, and a sound is many people's. */
const TELLING: ReadonlySet<string> = new Set(
  PSEUDONYM_COLUMNS.map(({ field }) => field).filter(
    (field) =>
      !['email', 'mobile', 'carerEmail', 'carerMobile', 'birthPostcode', 'soundBirth'].includes(
        field,
      ),
  ),
)

/**
 * Who looked a person up: finds look-ups by the same identifiers typed again, which become pseudonyms and are gone.
 * For who watches over look-ups; it is audited, with how many there were and never of whom.
 */
export async function findLookUpsOf(
  store: ProgrammeStore,
  actor: Actor,
  typed: Unread,
  now: Date,
): Promise<LookUpsOfPerson | Refusal<'not-found' | 'look-up-too-little'>> {
  if (!(await holdsRight(store.database, actor, 'look-up.watch'))) return NOT_HELD
  const marks = await pseudonymsOfTyped(store.keys, typed, {
    day: { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1, day: now.getUTCDate() },
    ...{ live: store.programme.live, codes: undefined },
  })
  const telling = (marks ?? []).filter(({ field }) => TELLING.has(field))
  if (telling.length === 0) return refuse('look-up-too-little')
  const key = await openStopKey(store)
  return withTransaction(store.database, async (client) => {
    const rows = await run(client, 'look-up/find-of-marks', [
      telling.map(({ value }) => sealPseudonym(key, value)),
    ])
    const references = [
      ...new Set(rows.filter(({ field }) => TELLING.has(field)).map((row) => row.reference)),
    ]
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'look-ups.sought', subject: '' },
      detail: { found: references.length },
    })
    return { ok: true as const, references }
  })
}
