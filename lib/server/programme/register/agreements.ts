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

/** What an agreement says beside its days. */
export interface AgreementFacts {
  readonly controller: string
  /** Of the data-sharing agreement, and of the impact assessment. */
  readonly reference: string
  readonly assessment: string
  /** Codes of the register's lists; null is not said. */
  readonly lawfulBasis: string | null
  readonly gateway: string | null
  /** Where the privacy notice is. */
  readonly privacyNotice: string
  /** Codes of the register's list of purposes; none is every purpose. */
  readonly purposes: readonly string[]
  /** Fields of the standard; none is every field. */
  readonly fields: readonly string[]
  /** SHA-256 of the signed document in hexadecimal; empty where it is not known. */
  readonly documentDigest: string
}

/** An agreement under which a service's files may be processed; days are `yyyy-mm-dd`. */
export interface Agreement extends AgreementFacts {
  readonly id: string
  readonly from: string
  /** Null: until further notice. */
  readonly to: string | null
  /** The day on which it was ended before; null where it was not. */
  readonly endedOn: string | null
  /** Stands for a real one in a demonstration. */
  readonly demonstration: boolean
}

/** What nothing more is said of than its days. */
const NO_FACTS: AgreementFacts = {
  ...{ controller: '', reference: '', assessment: '', lawfulBasis: null, gateway: null },
  ...{ privacyNotice: '', purposes: [], fields: [], documentDigest: '' },
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

/**
 * The last day that is agreed for a service: null is until further notice, undefined that nothing is agreed. What stands
 * for an agreement in a demonstration is none.
 */
export async function lastAgreedDay(
  database: Database,
  service: string,
): Promise<string | null | undefined> {
  const agreements = await inPrisma(database, ({ agreement }) =>
    agreement.findMany({
      select: { validTo: true, endedOn: true },
      where: { serviceCode: service, demonstration: false },
    }),
  )
  const days = agreements.map(({ validTo, endedOn }) => endedOn ?? validTo)
  if (days.includes(null)) return null
  return days
    .flatMap((day) => (day === null ? [] : [dayOfDate(day)]))
    .sort()
    .at(-1)
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
      agreements: {
        orderBy: [{ validFrom: 'desc' }, { id: 'desc' }],
        include: { basis: { select: { name: true } }, gatewayValue: { select: { name: true } } },
      },
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
    agreements: agreements.map((agreement) => ({
      id: String(agreement.id),
      from: dayOfDate(agreement.validFrom),
      to: agreement.validTo === null ? null : dayOfDate(agreement.validTo),
      endedOn: agreement.endedOn === null ? null : dayOfDate(agreement.endedOn),
      demonstration: agreement.demonstration,
      ...{ controller: agreement.controller, reference: agreement.reference },
      ...{ assessment: agreement.assessment, privacyNotice: agreement.privacyNotice },
      lawfulBasis: agreement.basis?.name ?? null,
      gateway: agreement.gatewayValue?.name ?? null,
      ...{ purposes: agreement.purposes, fields: agreement.fields },
      documentDigest: Buffer.from(agreement.documentDigest ?? []).toString('hex'),
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
  {
    service,
    from,
    to,
    facts = NO_FACTS,
  }: { service: string; from: string; to: string | null; facts?: AgreementFacts },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'agreement-dates' | 'register-unknown'>> {
  if (!(await holdsRight(database, actor, 'register.change'))) return NOT_HELD
  if (to !== null && to < from) return refuse('agreement-dates')
  return withTransaction(database, async (client) => {
    await run(client, 'programme/lock-agreements', [service])
    const wanted = {
      serviceCode: service,
      validFrom: dateOfDay(from),
      validTo: to === null ? null : dateOfDay(to),
      demonstration: false,
      ...{ controller: facts.controller, reference: facts.reference },
      ...{ assessment: facts.assessment, privacyNotice: facts.privacyNotice },
      ...{ lawfulBasis: facts.lawfulBasis, gateway: facts.gateway },
    }
    const lists = { purposes: [...facts.purposes], fields: [...facts.fields] }
    const { documentDigest: digest } = facts
    const documentDigest = digest === '' ? null : Uint8Array.from(Buffer.from(digest, 'hex'))
    const listed = [...lists.purposes, facts.lawfulBasis, facts.gateway].filter(
      (code) => code !== null,
    )
    const added = await inPrisma(client, async (prisma) => {
      const same = {
        ...{ purposes: { equals: lists.purposes }, fields: { equals: lists.fields } },
        ...{ documentDigest, endedOn: null },
      }
      if ((await prisma.agreement.count({ where: { ...wanted, ...same } })) > 0) return 'there'
      const known = await prisma.listValue.count({ where: { code: { in: listed } } })
      if (known < new Set(listed).size) return 'register-unknown'
      if ((await prisma.service.count({ where: { code: service } })) === 0) return 'not-found'
      await prisma.agreement.create({ data: { ...wanted, ...lists, documentDigest } })
      return 'added'
    })
    if (added === 'not-found' || added === 'register-unknown') return refuse(added)
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

/**
 * Ends an agreement before its last day: from the day after, nothing is processed under it. It stays
 * ended; another can be added.
 */
export async function endAgreement(
  database: Database,
  actor: Actor,
  { service, id, on }: { readonly service: string; readonly id: string; readonly on: string },
): Promise<{ readonly ok: true } | Refusal<'not-found' | 'agreement-dates'>> {
  if (!(await holdsRight(database, actor, 'register.change'))) return NOT_HELD
  return withTransaction(database, async (client) => {
    await run(client, 'programme/lock-agreements', [service])
    const agreement = await inPrisma(client, (prisma) =>
      prisma.agreement.findFirst({ where: { id: BigInt(id), serviceCode: service } }),
    )
    if (agreement === null) return refuse('not-found')
    const from = dayOfDate(agreement.validFrom)
    const last = agreement.endedOn ?? agreement.validTo
    if (on < from || (last !== null && on > dayOfDate(last))) return refuse('agreement-dates')
    await inPrisma(client, (prisma) =>
      prisma.agreement.update({
        where: { id: agreement.id },
        data: { endedOn: dateOfDay(on) },
        select: { id: true },
      }),
    )
    await appendAudit(client, {
      ...{ actor: actor.userId, event: 'agreement.ended', subject: service },
      detail: { from, on },
    })
    return { ok: true }
  })
}
