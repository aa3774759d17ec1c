import { z } from 'zod'
import type { ChecklistCode } from '#core/messages/operating/check-words.ts'
import type { WorkersCard } from '#server/keys/workers-card.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import type { Queries } from '#server/platform/db/query-types.ts'
import { runForRow } from '#server/platform/db/run.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { inForceOn } from '#server/programme/register/agreement-cover.ts'
import { dayInLondon } from '#server/programme/register/quarters.ts'
import type { Check } from './check.ts'
import { readConfirmed, type Confirmed } from './confirmed.ts'

/** What the facts of the list are read from. */
export interface ChecklistSources {
  readonly database: Database
  /** What workers say of their keys. */
  readonly card: WorkersCard
  readonly now: Date
}

type ListCheck = Check<ChecklistCode>

/** What is still missing before the first real file, for administrators. */
export async function readChecklist(
  sources: ChecklistSources,
  actor: Actor,
): Promise<{ readonly ok: true; readonly checks: readonly ListCheck[] } | Refusal<'not-found'>> {
  if (!(await holdsRight(sources.database, actor, 'system.see'))) return NOT_HELD
  return { ok: true, checks: await examineProgramme(sources) }
}

/** The same for the operator of the server: each fact is read by one function, for page and command. */
export async function examineProgramme({
  database,
  card,
  now,
}: ChecklistSources): Promise<readonly ListCheck[]> {
  const areas = await runForRow(database, 'checklist/count-placed-wards', [])
  const { at: restoredAt } = await runForRow(database, 'checklist/last-backup-test', [])
  return inPrisma(database, async (prisma) => {
    const confirmed = await readConfirmed(prisma)
    return [
      await countAdministrators(prisma),
      await findHolders(prisma, confirmed['keys-held'], card),
      sayWhenRestored(restoredAt, now),
      sayWhenProven(confirmed['mail-proven'], now),
      await countAgreements(prisma, now),
      sayPostcodes(areas),
      sayNotice(confirmed['privacy-notice']),
      await readAnchors(prisma),
    ]
  })
}

async function countAdministrators(prisma: PrismaTransaction): Promise<ListCheck> {
  const able = await prisma.user.count({
    where: {
      ...{ role: 'administrator', disabledAt: null },
      OR: [
        { signOnSubject: { not: null } },
        {
          passwordHash: { not: null },
          OR: [{ codeSeed: { not: null } }, { passkeys: { some: {} } }],
        },
      ],
    },
  })
  return {
    code: 'administrators',
    state: able > 2 ? 'met' : able === 2 ? 'weak' : 'missing',
    found:
      able === 2
        ? 'Two can sign in. Appoint a third, so that one may be away or leave.'
        : `${able} can sign in.`,
  }
}

const holders = z.object({ holders: z.array(z.string()), keys: z.array(z.string()) })

async function findHolders(
  prisma: PrismaTransaction,
  confirmed: Confirmed | undefined,
  card: WorkersCard,
): Promise<ListCheck> {
  const code = 'keys-held'
  const held = holders.safeParse(confirmed?.detail)
  if (!held.success) return { code, state: 'missing', found: 'Nobody has said who holds them.' }
  const people = await prisma.user.findMany({
    where: { id: { in: held.data.holders }, disabledAt: null },
    select: { name: true },
    orderBy: { id: 'asc' },
  })
  if (people.length < 2) {
    return { code, state: 'missing', found: 'Somebody who held them has left.' }
  }
  if (keysOf(card).join() !== held.data.keys.join()) {
    return {
      code,
      state: 'missing',
      found: 'The keys were changed since, and the new ones are not said to be held.',
    }
  }
  return { code, state: 'met', found: `Held by ${people.map(({ name }) => name).join(' and ')}.` }
}

/** Which keys there are, by their check values. */
export function keysOf({ checks }: WorkersCard): readonly string[] {
  return checks.map(({ check }) => check).sort()
}

/** A day in words, as the place has it. */
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' })

const YEAR = 365 * 24 * 60 * 60 * 1000

function sayWhenRestored(at: Date | null, now: Date): ListCheck {
  const code = 'backup-tested'
  if (at === null) return { code, state: 'missing', found: 'No backup was brought back yet.' }
  const day = DAY.format(at)
  const isOld = now.getTime() - at.getTime() > YEAR
  return isOld
    ? { code, state: 'weak', found: `Last brought back on ${day}, over a year ago.` }
    : { code, state: 'met', found: `Brought back and found whole on ${day}.` }
}

function sayWhenProven(confirmed: Confirmed | undefined, now: Date): ListCheck {
  const code = 'mail-proven'
  if (confirmed === undefined)
    return { code, state: 'missing', found: 'No mail is known to have arrived.' }
  const day = DAY.format(confirmed.at)
  const isOld = now.getTime() - confirmed.at.getTime() > YEAR
  return isOld
    ? { code, state: 'weak', found: `A mail arrived on ${day}, over a year ago.` }
    : { code, state: 'met', found: `A mail arrived on ${day}.` }
}

async function countAgreements(prisma: PrismaTransaction, now: Date): Promise<ListCheck> {
  const services = await prisma.service.count()
  const covered = await prisma.service.count({
    where: {
      agreements: { some: { demonstration: false, ...inForceOn(dayInLondon(now)) } },
    },
  })
  return {
    code: 'agreements',
    state: covered === 0 ? 'missing' : covered < services ? 'weak' : 'met',
    found:
      services === 0
        ? 'There is no service yet.'
        : `${covered} of ${services} services have a current agreement.`,
  }
}

function sayPostcodes({
  wards,
  placed,
}: Queries['checklist/count-placed-wards']['row']): ListCheck {
  const code = 'postcodes'
  const found =
    placed === 0
      ? 'No ward has postcodes: nobody would be counted in one.'
      : `${placed} of ${wards} wards have postcodes.`
  return { code, state: placed === 0 ? 'missing' : placed < wards ? 'weak' : 'met', found }
}

const notice = z.object({ address: z.string() })

function sayNotice(confirmed: Confirmed | undefined): ListCheck {
  const code = 'privacy-notice'
  const read = notice.safeParse(confirmed?.detail)
  return read.success
    ? { code, state: 'met', found: `Published at ${read.data.address}` }
    : { code, state: 'missing', found: 'No address is known.' }
}

async function readAnchors(prisma: PrismaTransaction): Promise<ListCheck> {
  const code = 'anchors'
  const watch = await prisma.auditWatch.findFirst()
  if (watch?.anchoredAt == null) {
    return { code, state: 'missing', found: 'There is no anchor: no worker has run yet.' }
  }
  return watch.protection === 'immutable-storage'
    ? { code, state: 'met', found: 'Anchors lie where nobody can change or delete them.' }
    : { code, state: 'weak', found: 'Anchors lie where this installation could change them.' }
}
