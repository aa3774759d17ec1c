import type pg from 'pg'
import type { PolicyName } from '#core/linkage/policy.ts'
import type { Stage } from '#core/messages/register/stage-words.ts'
import type { Purpose } from '#core/purpose/purposes.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { Fault } from '#server/platform/faults/fault.ts'
import type { Dataset } from './dataset.ts'

/** The programme that a store serves. Days are `yyyy-mm-dd`. */
export interface Programme {
  readonly code: string
  readonly name: string
  readonly purpose: Purpose
  /** A live programme refuses what is for tests and demonstrations. */
  readonly live: boolean
  readonly from: string
  readonly to: string
  readonly policy: PolicyName
}

/** A service as its register has it, with its provider. */
export interface Service {
  readonly code: string
  readonly name: string
  readonly strandCode: string
  readonly providerCode: string
  readonly reachedBy: 'contacts' | 'active-enrolment'
  /** The last quarter for which its files are taken; null while it is open. */
  readonly closedAfter: string | null
  readonly stage: Stage
}

/**
 * The programme of a store, undefined where `countonce init` was never run. Throws `restore-unfinished` where a restore was
 * stopped in it: whoever was erased since its backup was made may be in it still.
 */
export async function findProgramme(database: Database): Promise<Programme | undefined> {
  const [found] = await run(database, 'programme/read-programme', [])
  if (found === undefined) return undefined
  const { restoring, policy, ...programme } = found
  if (restoring) throw new Fault('restore-unfinished')
  return { ...programme, policy: policy as PolicyName }
}

/** The same; throws `programme-missing` where there is none. */
export async function readProgramme(database: Database): Promise<Programme> {
  const programme = await findProgramme(database)
  if (programme === undefined) throw new Fault('programme-missing')
  return programme
}

/** A service by its code; undefined when the register has none of that code. */
export async function readService(
  on: Database | pg.ClientBase,
  code: string,
): Promise<Service | undefined> {
  const service = await inPrisma(on, (prisma) => prisma.service.findUnique({ where: { code } }))
  if (service === null) return undefined
  return { ...service, reachedBy: reachedBy(service), stage: stageOf(service) }
}

/**
 * The same as it was in a quarter, in which its people are counted as they were then; undefined when
 * the register has none of that code.
 */
export async function readServiceIn(
  on: Database | pg.ClientBase,
  code: string,
  quarter: string,
): Promise<Service | undefined> {
  const service = await readService(on, code)
  const version = await inPrisma(on, ({ registerVersion }) =>
    registerVersion.findFirst({
      where: {
        ...{ kind: 'service', code },
        OR: [{ validFrom: null }, { validFrom: { lte: quarter } }],
      },
      orderBy: { version: 'desc' },
    }),
  )
  if (service === undefined || version === null) return service
  // Facts that we wrote ourselves.
  const facts = version.entry as { readonly name: string; readonly reachedBy: string }
  return { ...service, name: facts.name, reachedBy: reachedBy(facts) }
}

/** How the people of a service are reached, of which the column's check allows no other. */
export function reachedBy(service: { readonly reachedBy: string }): Service['reachedBy'] {
  return service.reachedBy as Service['reachedBy']
}

/** Where a service is on its way, of which the column's check allows no other. */
export function stageOf(service: { readonly stage: string }): Stage {
  return service.stage as Stage
}

/** The dataset that the files of a service go to. */
export function datasetOf({ stage }: { readonly stage: string }): Dataset {
  return stage === 'production' ? 'production' : 'staging'
}

/** The codes of all services, in order: what a person may have meant. */
export async function listServiceCodes(on: Database | pg.ClientBase): Promise<string[]> {
  const services = await inPrisma(on, (prisma) =>
    prisma.service.findMany({ select: { code: true }, orderBy: { code: 'asc' } }),
  )
  return services.map(({ code }) => code)
}

/** The wards of the programme, by code. */
export async function listWards(
  on: Database | pg.ClientBase,
): Promise<{ code: string; name: string }[]> {
  return inPrisma(on, (prisma) =>
    prisma.ward.findMany({ select: { code: true, name: true }, orderBy: { code: 'asc' } }),
  )
}
