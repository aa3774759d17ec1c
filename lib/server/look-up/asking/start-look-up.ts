import { GUIDANCE_VERSION } from '#core/look-up/asking/guidance.ts'
import { rulesInWords } from '#core/look-up/rules/source-rules.ts'
import type { LookUpCode } from '#core/messages/look-up/look-up-words.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Refusal } from '#server/platform/faults/fault.ts'
import { listSources } from '#server/programme/sources/read-sources.ts'
import { SHOWN_FOR } from '#server/look-up/limits/look-up-limits.ts'
import type { ProgrammeStore } from '#server/store/store.ts'
import { openCase } from './case-reference.ts'
import { isAsked, permittedSources } from './permitted-sources.ts'

/** A source as a practitioner reads of it before anybody is looked up. */
export interface ListedSource {
  readonly code: string
  readonly name: string
  readonly provider: string
  readonly kind: string
  readonly area: string
  readonly coverage: { readonly from: string; readonly to: string | null }
  readonly noRecord: string
  readonly asOf: string | null
  /** When something of it is shown, a sentence each. */
  readonly shownWhen: readonly string[]
  /** Whether this practitioner may open it, and whether an agreement is in force. */
  readonly isOwn: boolean
  readonly isInForce: boolean
}

/** What the form begins with. */
export interface LookUpStart {
  readonly ok: true
  /** Why nobody can be looked up now; null where it can be done. */
  readonly problem: Extract<LookUpCode, 'look-up-guidance' | 'look-up-not-open'> | null
  readonly hasReadGuidance: boolean
  readonly sources: readonly ListedSource[]
  /** Look-ups of this person that are still shown, newest first. */
  readonly recent: readonly {
    readonly reference: string
    readonly purpose: string
    readonly caseReference: string
    readonly askedAt: string
    /** Whether its act began with it; else it is of another person of the same case. */
    readonly isFirst: boolean
  }[]
}

/** Look-ups that are listed; whoever looked up more opens the latest. */
const SHOWN_AT_MOST = 20

/** What a practitioner needs before looking somebody up. */
export async function startLookUp(
  store: ProgrammeStore,
  actor: Actor,
  now: Date,
): Promise<LookUpStart | Refusal<'not-found'>> {
  const { database } = store
  if (!(await holdsRight(database, actor, 'look-up.ask'))) return NOT_HELD
  const permitted = await permittedSources(database, { programme: store.programme, actor }, now)
  const sources = await listSources(database, store.programme, now)
  const read = await inPrisma(database, async ({ lookUpGuidance, lookUpGrant, lookUp }) => ({
    guidance: await lookUpGuidance.count({
      where: { userId: actor.userId, version: GUIDANCE_VERSION },
    }),
    granted: await lookUpGrant.findMany({
      where: { userId: actor.userId },
      select: { source: true },
    }),
    recent: await lookUp.findMany({
      where: {
        askedBy: actor.userId,
        askedAt: { gt: new Date(now.getTime() - SHOWN_FOR) },
      },
      orderBy: { id: 'desc' },
      take: SHOWN_AT_MOST,
    }),
  }))
  const own = new Set(read.granted.map(({ source }) => source))
  return {
    ok: true,
    problem: permitted.ok ? null : permitted.code,
    hasReadGuidance: read.guidance > 0,
    sources: sources.map((source) => ({
      ...{ code: source.code, name: source.name, provider: source.provider, kind: source.kind },
      ...{ area: source.area, coverage: source.coverage, noRecord: source.noRecord },
      ...{ asOf: source.asOf, shownWhen: rulesInWords(source.rules, source.coverage) },
      ...{ isOwn: own.has(source.code), isInForce: isAsked(source) },
    })),
    recent: read.recent.map(({ reference, purpose, caseSealed, askedAt, actId }) => ({
      ...{ reference, purpose, askedAt: askedAt.toISOString(), isFirst: actId === null },
      caseReference: openCase(store.keys.portal.portalKey, reference, caseSealed),
    })),
  }
}
