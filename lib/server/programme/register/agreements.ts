import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dateOfDay, dayOfDate } from '#server/platform/db/days.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { type Actor } from '#server/identity/actors/actor.ts'
import { holdsRight, NOT_HELD } from '#server/identity/audit/holds-right.ts'
import { reachedBy } from './read-programme.ts'

/** An agreement under which a service's files may be processed; days are `yyyy-mm-dd`. */
export interface Agreement {
  readonly from: string
  /** Null: until further notice. */
  readonly to: string | null
  /** Stands for a real one in a demonstration. */
  readonly demonstration: boolean
}

/** A service with everything the register has of it. */
export interface RegisteredService {
  readonly code: string
  readonly name: string
  readonly strandName: string
  readonly providerName: string
  readonly reachedBy: 'contacts' | 'active-enrolment'
  /** Whether a program may send its files as they are. */
  readonly acceptsClear: boolean
  /** Newest first. */
  readonly agreements: readonly Agreement[]
}

/** What the register has. */
export interface RegisterView {
  readonly ok: true
  readonly services: readonly RegisteredService[]
  readonly providers: readonly {
    readonly code: string
    readonly name: string
    readonly services: number
  }[]
  readonly strands: readonly { readonly code: string; readonly name: string }[]
  readonly wards: readonly { readonly code: string; readonly name: string }[]
}

/** Reads the whole register, for administrators. */
export async function readRegister(
  database: Database,
  actor: Actor,
): Promise<RegisterView | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  return inPrisma(database, async (prisma) => {
    const byName = [{ name: 'asc' as const }, { code: 'asc' as const }]
    const providers = await prisma.provider.findMany({
      select: { code: true, name: true, _count: { select: { services: true } } },
      orderBy: byName,
    })
    const named = { select: { code: true, name: true }, orderBy: byName } as const
    return {
      ok: true,
      services: await readServices(prisma),
      providers: providers.map(({ code, name, _count }) => ({
        ...{ code, name },
        services: _count.services,
      })),
      strands: await prisma.strand.findMany(named),
      wards: await prisma.ward.findMany(named),
    }
  })
}

/** Reads one service of the register, for administrators. */
export async function readRegisteredService(
  database: Database,
  actor: Actor,
  code: string,
): Promise<{ readonly ok: true; readonly service: RegisteredService } | Refusal<'not-found'>> {
  if (!(await holdsRight(database, actor, 'register.see'))) return NOT_HELD
  const [service] = await inPrisma(database, (prisma) => readServices(prisma, code))
  return service === undefined ? refuse('not-found') : { ok: true, service }
}

/** All services, or the one of a code, by name. */
async function readServices(
  prisma: PrismaTransaction,
  code?: string,
): Promise<RegisteredService[]> {
  const services = await prisma.service.findMany({
    where: code === undefined ? {} : { code },
    include: {
      strand: true,
      provider: true,
      agreements: { orderBy: [{ validFrom: 'desc' }, { id: 'desc' }] },
    },
    orderBy: [{ name: 'asc' }, { code: 'asc' }],
  })
  return services.map(({ strand, provider, agreements, ...service }) => ({
    code: service.code,
    name: service.name,
    strandName: strand.name,
    providerName: provider.name,
    reachedBy: reachedBy(service),
    acceptsClear: service.acceptsClear,
    agreements: agreements.map(({ validFrom, validTo, demonstration }) => ({
      from: dayOfDate(validFrom),
      to: validTo === null ? null : dayOfDate(validTo),
      demonstration,
    })),
  }))
}

/**
 * Adds an agreement to a service; from then on what it covers may be sent. None is ever changed or
 * removed, so one that is there already, as when an answer was lost and it is asked for again, is
 * not added a second time.
 */
export async function addAgreement(
  database: Database,
  actor: Actor,
  { service, from, to }: { service: string; from: string; to: string | null },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'agreement-dates'>> {
  if (!(await holdsRight(database, actor, 'register.change'))) return NOT_HELD
  if (to !== null && to < from) return refuse('agreement-dates')
  return withTransaction(database, async (client) => {
    await run(client, 'programme/lock-agreements', [service])
    const wanted = {
      serviceCode: service,
      validFrom: dateOfDay(from),
      validTo: to === null ? null : dateOfDay(to),
      demonstration: false,
    }
    const added = await inPrisma(client, async (prisma) => {
      if ((await prisma.agreement.count({ where: wanted })) > 0) return 'there'
      if ((await prisma.service.count({ where: { code: service } })) === 0) return 'not-found'
      await prisma.agreement.create({ data: wanted })
      return 'added'
    })
    if (added === 'not-found') return refuse('not-found')
    if (added === 'added') {
      await appendAudit(client, {
        actor: actor.userId,
        event: 'agreement.added',
        subject: service,
        detail: { from, to },
      })
    }
    return { ok: true }
  })
}
