import type pg from 'pg'
import { GUIDANCE_VERSION } from '#core/look-up/asking/guidance.ts'
import type { LookUpCode } from '#core/messages/look-up/look-up-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { listSources, type Source } from '#server/programme/sources/read-sources.ts'
import type { Programme } from '#server/programme/register/read-programme.ts'
import { LEAST_SOURCES } from '#server/look-up/limits/look-up-limits.ts'

/** Whose sources they are. */
interface Permitted {
  readonly programme: Pick<Programme, 'live'>
  readonly actor: Actor
}

/** A source is asked while an agreement is in force, once it is in production. */
export function isAsked({ isCovered, stage }: Pick<Source, 'isCovered' | 'stage'>): boolean {
  return isCovered && stage === 'production'
}

/** Whether a source has what is needed before the first look-up: an agreement, a file, coverage and words. */
export function isComplete(source: Source): boolean {
  return isAsked(source) && source.asOf !== null && source.noRecord !== ''
}

/**
 * The sources that an actor may open today, in their order: those they were given by name, with an agreement in force;
 * and all with an agreement, whose records tell who somebody is though the actor sees nothing of them.
 * Refused until the guidance is read, and until as many sources are complete as a launch takes.
 */
export async function permittedSources(
  on: Database | pg.ClientBase,
  { programme, actor }: Permitted,
  now: Date,
): Promise<
  | { readonly ok: true; readonly sources: readonly Source[]; readonly covered: readonly string[] }
  | Refusal<Extract<LookUpCode, 'look-up-guidance' | 'look-up-not-open'>>
> {
  const sources = await listSources(on, programme, now)
  if (sources.filter(isComplete).length < LEAST_SOURCES) return refuse('look-up-not-open')
  const { read, granted } = await inPrisma(on, async ({ lookUpGuidance, lookUpGrant }) => ({
    read: await lookUpGuidance.count({
      where: { userId: actor.userId, version: GUIDANCE_VERSION },
    }),
    granted: await lookUpGrant.findMany({
      where: { userId: actor.userId },
      select: { source: true },
    }),
  }))
  if (read === 0) return refuse('look-up-guidance')
  const own = new Set(granted.map(({ source }) => source))
  const asked = sources.filter(isAsked)
  return {
    ok: true,
    sources: asked.filter(({ code }) => own.has(code)),
    covered: asked.map(({ code }) => code),
  }
}
