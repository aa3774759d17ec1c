import type pg from 'pg'
import { may, type Right } from '#server/identity/actors/actor.ts'
import { userRow, type UserRole } from '#server/identity/actors/user.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { runForRow } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { APART_DAYS, APPROVAL_KINDS, askingRight, type ApprovalKind } from './approval-kinds.ts'

/** Who is a second person to whom: asked when a request is decided, and again when it is used. */

/** What is looked at of a request. */
export interface AskedFor {
  readonly kind: ApprovalKind
  readonly askedBy: string
  readonly askedAt: Date
  /** The organisation whose people may approve it; null is the programme's alone. */
  readonly providerCode: string | null
}

export type SecondPersonRefusal = Refusal<
  'own-request' | 'second-person-new' | 'second-person-close' | 'approval-people'
>

const DAY = 86_400_000

/**
 * Whether somebody is a second person to who asked, at this moment and whatever a session says.
 * Both are there, have the right, and were what they are before the asking; and neither of the two
 * made the other's account or let its owner in again in the last 30 days, nor did a third person
 * both. It holds in both directions, since an account of one's own making could ask as well as
 * approve, and through whoever made the maker.
 */
export async function checkSecondPerson(
  client: pg.ClientBase,
  asked: AskedFor,
  second: string,
  now: Date,
): Promise<{ readonly ok: true } | SecondPersonRefusal> {
  if (asked.askedBy === second) return refuse('own-request')
  const people = await readPeople(client, [asked.askedBy, second])
  const [asker, other] = [people.get(asked.askedBy), people.get(second)]
  if (!isAble(asker, asked, askingRight(asked.kind))) return refuse('approval-people')
  if (!isAble(other, asked, APPROVAL_KINDS[asked.kind].right)) return refuse('approval-people')
  if (asker.standingSince > asked.askedAt) return refuse('approval-people')
  if (other.standingSince >= asked.askedAt) return refuse('second-person-new')
  const since = new Date(now.getTime() - APART_DAYS * DAY)
  const { made } = await runForRow(client, 'approvals/has-made-account', [
    ...([asked.askedBy, second] as const),
    since,
  ])
  return made ? refuse('second-person-close') : { ok: true }
}

/** Whether somebody may ask for something at this moment, whatever a session says. */
export async function mayAskNow(
  client: pg.ClientBase,
  userId: string,
  asked: Pick<AskedFor, 'kind' | 'providerCode'>,
): Promise<boolean> {
  return isAble((await readPeople(client, [userId])).get(userId), asked, askingRight(asked.kind))
}

interface Person {
  readonly role: UserRole
  readonly providerCode: string | null
  readonly maySeeExact: boolean
  readonly disabledAt: Date | null
  readonly standingSince: Date
}

async function readPeople(
  client: pg.ClientBase,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const rows = await inPrisma(client, (prisma) =>
    prisma.user.findMany({
      where: { id: { in: [...ids] } },
      select: {
        ...{ id: true, role: true, providerCode: true, maySeeExact: true },
        ...{ disabledAt: true, standingSince: true },
      },
    }),
  )
  return new Map(rows.map((row) => [row.id, userRow(row)]))
}

function isAble(
  person: Person | undefined,
  { providerCode }: Pick<AskedFor, 'providerCode'>,
  right: Right,
): person is Person {
  if (person?.disabledAt !== null) return false
  const { role, maySeeExact: mayExact } = person
  const reaches = person.providerCode === null || person.providerCode === providerCode
  return reaches && may({ role, mayExact }, right)
}
