import { fileFigures, type Figures } from '#core/measures/scorecard.ts'
import { quarterAfter, type Quarter } from '#core/standard/quarter.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { lastAgreedDay } from '#server/programme/register/agreements.ts'
import { begunQuarters } from '#server/programme/register/change-register.ts'
import { datasetOf } from '#server/programme/register/read-programme.ts'
import { readServiceTargets, type ServiceTargets } from '#server/programme/targets/targets.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { readFileQualities, type FileQuality } from './file-qualities.ts'

/** How the quarters of one service went, by its own files. */
export interface OwnService {
  readonly service: string
  readonly name: string
  /** The quarters that are shown, the earliest first. */
  readonly quarters: readonly Quarter[]
  /** Of the quarters with a file in use. */
  readonly files: readonly (FileQuality & { readonly figures: Figures })[]
  /** The one that is looked at, with what it aims at; undefined where no file is in use. */
  readonly quarter: Quarter | undefined
  readonly targets: ServiceTargets
  /** As `lastAgreedDay` has it. */
  readonly agreedTo: string | null | undefined
}

/** So many quarters are shown. */
const SHOWN = 8

/**
 * How the last two years of one of the actor's services went, above all the quarter that is asked for, or the last with a file.
 * It comes from what the checks of its own files counted and from nothing else, so that it is the same whoever else knows these
 * people, and whoever asked another to be left out.
 */
export async function readOwnService(
  store: PortalStore,
  actor: Actor,
  { service, asked }: { readonly service: string; readonly asked: string },
  now: Date,
): Promise<({ readonly ok: true } & OwnService) | Refusal<'not-found'>> {
  if (!(await holdsRight(store.database, actor, 'submission.send'))) return NOT_HELD
  const found = await inPrisma(store.database, (prisma) =>
    prisma.service.findUnique({
      select: { name: true, stage: true },
      where: { code: service, providerCode: actor.providerCode ?? '' },
    }),
  )
  const begun = begunQuarters(store.programme, now).slice(-SHOWN)
  const to = begun.at(-1)
  if (found === null || to === undefined) return refuse('not-found')
  const files = await readFileQualities(store.database, {
    ...{ dataset: datasetOf(found), service, from: quarterAfter(to, 1 - SHOWN), to },
  })
  const first = files[0]?.quarter ?? to
  const quarters = begun.filter((of) => of >= first)
  const quarter = quarters.find((of) => of === asked) ?? files.at(-1)?.quarter
  return {
    ...{ ok: true, service, name: found.name, quarters, quarter },
    files: files.map((file) => ({
      ...file,
      figures: fileFigures(file.own, file.counting, file.quality),
    })),
    agreedTo: await lastAgreedDay(store.database, service),
    targets:
      quarter === undefined
        ? new Map()
        : await readServiceTargets(store.database, service, quarter),
  }
}
