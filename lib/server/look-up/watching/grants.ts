import { GUIDANCE_VERSION } from '#core/look-up/asking/guidance.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { forActor } from '#server/identity/actors/for-actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import { isComplete } from '#server/look-up/asking/permitted-sources.ts'
import { LEAST_SOURCES } from '#server/look-up/limits/look-up-limits.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import type { WatchContext } from './list-look-ups.ts'

/** Who may open which source. */
export interface Grants {
  readonly ok: true
  readonly sources: readonly {
    readonly code: string
    readonly name: string
    readonly provider: string
    readonly isComplete: boolean
  }[]
  readonly practitioners: readonly {
    readonly id: string
    readonly name: string
    readonly organisation: string
    readonly readGuidance: boolean
    readonly granted: readonly string[]
  }[]
  /** Whether practitioners are let in at all: as many sources are complete as a launch takes. */
  readonly isLaunched: boolean
}

/** Reads who may open what, for who watches over look-ups. */
export async function readGrants(
  { pool, programme, now }: WatchContext & { readonly programme: Pick<Programme, 'live'> },
  actor: Actor,
): Promise<Grants | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'look-up.watch'))) return NOT_HELD
  const database = forActor(pool, actor)
  const sources = await listSources(database, programme, now())
  const users = await inPrisma(database, ({ user }) =>
    user.findMany({
      where: { role: 'practitioner', disabledAt: null },
      select: {
        ...{ id: true, name: true },
        provider: { select: { name: true } },
        lookUpGrants: { select: { source: true } },
        lookUpGuidance: { where: { version: GUIDANCE_VERSION }, select: { version: true } },
      },
      orderBy: { name: 'asc' },
    }),
  )
  return {
    ok: true,
    sources: sources.map((source) => ({
      ...{ code: source.code, name: source.name, provider: source.provider },
      isComplete: isComplete(source),
    })),
    practitioners: users.map(({ id, name, provider, lookUpGrants, lookUpGuidance }) => ({
      ...{ id, name, organisation: provider?.name ?? '' },
      readGuidance: lookUpGuidance.length > 0,
      granted: lookUpGrants.map(({ source }) => source),
    })),
    isLaunched: sources.filter(isComplete).length >= LEAST_SOURCES,
  }
}

/** Gives a practitioner exactly these sources, and takes every other away; each change is an entry. */
export async function giveSources(
  { pool, programme, now }: WatchContext & { readonly programme: Pick<Programme, 'live'> },
  actor: Actor,
  user: string,
  sources: readonly string[],
): Promise<{ readonly ok: true } | Refusal<'not-found'>> {
  if (!(await holdsRight(pool, actor, 'look-up.watch'))) return NOT_HELD
  const known = await listSources(forActor(pool, actor), programme, now())
  if (sources.some((code) => !known.some((source) => source.code === code)))
    return refuse('not-found')
  return withTransaction(forActor(pool, actor), async (client) => {
    const before = await inPrisma(client, ({ user: users }) =>
      users.findFirst({
        where: { id: user, role: 'practitioner' },
        select: { lookUpGrants: { select: { source: true } } },
      }),
    )
    if (before === null) return refuse('not-found')
    const had = new Set(before.lookUpGrants.map(({ source }) => source))
    const given = sources.filter((code) => !had.has(code))
    const taken = [...had].filter((code) => !sources.includes(code))
    await inPrisma(client, async ({ lookUpGrant }) => {
      await lookUpGrant.createMany({
        data: given.map((source) => ({
          ...{ userId: user, source, givenBy: actor.userId, givenAt: now() },
        })),
        skipDuplicates: true,
      })
      await lookUpGrant.deleteMany({ where: { userId: user, source: { in: taken } } })
    })
    for (const [event, changed] of [
      ['look-up-source.given', given],
      ['look-up-source.taken', taken],
    ] as const) {
      for (const source of changed) {
        await appendAudit(client, { actor: actor.userId, event, subject: user, detail: { source } })
      }
    }
    return { ok: true }
  })
}
