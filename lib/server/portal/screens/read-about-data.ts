import { fieldLabel } from '#core/standard/further-fields.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dayOfDate } from '#server/platform/db/days.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** What anybody may know of a service that sends data: what was agreed with it. Days are `yyyy-mm-dd`. */
export interface SendingService {
  readonly code: string
  readonly name: string
  readonly provider: string
  /** Empty where the agreement does not say, as the texts after it. */
  readonly controller: string
  readonly basis: string
  readonly gateway: string
  readonly notice: string
  /** Names of what it may be used for; none is not said. */
  readonly purposes: readonly string[]
  /** Names of fields; none is every field. */
  readonly fields: readonly string[]
  readonly from: string
  /** Null: until further notice. */
  readonly to: string | null
}

/**
 * Reads which services send data and on which basis, for the public page: of each service the latest agreement that has begun.
 * It is asked by anybody, and answers what the register holds about organisations, of nobody who signs in.
 */
export async function readSendingServices(
  database: Database,
  now: Date,
): Promise<readonly SendingService[]> {
  return inPrisma(database, async (prisma) => {
    const services = await prisma.service.findMany({
      where: { agreements: { some: { validFrom: { lte: now } } } },
      select: {
        ...{ code: true, name: true },
        provider: { select: { name: true } },
        agreements: {
          where: { validFrom: { lte: now } },
          orderBy: [{ validFrom: 'desc' }, { id: 'desc' }],
          take: 1,
          include: { basis: { select: { name: true } }, gatewayValue: { select: { name: true } } },
        },
      },
      orderBy: [{ name: 'asc' }, { code: 'asc' }],
    })
    const purposes = await prisma.listValue.findMany({ where: { list: 'purpose' } })
    const purposeNames = new Map(purposes.map(({ code, name }) => [code, name]))
    return services.flatMap(({ code, name, provider, agreements: [agreement] }) => {
      if (agreement === undefined) return []
      const to = agreement.endedOn ?? agreement.validTo
      return [
        {
          ...{ code, name, provider: provider.name, controller: agreement.controller },
          basis: agreement.basis?.name ?? '',
          gateway: agreement.gatewayValue?.name ?? '',
          notice: agreement.privacyNotice,
          purposes: agreement.purposes.map((purpose) => purposeNames.get(purpose) ?? purpose),
          fields: agreement.fields.map(fieldLabel),
          from: dayOfDate(agreement.validFrom),
          to: to === null ? null : dayOfDate(to),
        },
      ]
    })
  })
}
