import { quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { begunQuarters } from '#server/programme/register/change-register.ts'
import { datasetOf } from '#server/programme/register/read-programme.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { readFileQualities, type FileQuality } from './file-qualities.ts'

/** How the quarters of one service went, by its own files. */
export interface OwnService {
  readonly service: string
  readonly name: string
  /** The quarters that are shown, the earliest first. */
  readonly quarters: readonly Quarter[]
  /** Of the quarters with a file in use. */
  readonly files: readonly FileQuality[]
}

/** So many quarters are shown. */
const SHOWN = 8

/**
 * How the last two years of one of the actor's services went. It comes from what the checks of its own files counted and from
 * nothing else, so that it is the same whoever else knows these people, and whoever asked another to be left out.
 */
export async function readOwnService(
  store: PortalStore,
  actor: Actor,
  service: string,
  now: Date,
): Promise<({ readonly ok: true } & OwnService) | Refusal<'not-found'>> {
  if (!(await holdsRight(store.database, actor, 'submission.send'))) return NOT_HELD
  const found = await inPrisma(store.database, (prisma) =>
    prisma.service.findUnique({
      select: { name: true, stage: true },
      where: { code: service, providerCode: actor.providerCode ?? '' },
    }),
  )
  const to = begunQuarters(store.programme, now).at(-1)
  if (found === null || to === undefined) return refuse('not-found')
  const files = await readFileQualities(store.database, {
    ...{ dataset: datasetOf(found), service, from: quarterAfter(to, 1 - SHOWN), to },
  })
  const [first] = files
  const begun = begunQuarters(store.programme, now).slice(-SHOWN)
  return {
    ...{ ok: true, service, name: found.name, files },
    quarters: begun.filter((quarter) => quarter >= (first?.quarter ?? to)),
  }
}
