import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'

/** An organisation of the register. */
export interface ListedProvider {
  readonly code: string
  readonly name: string
}

/**
 * The organisations of the register, by name. The register is no secret: the programme publishes
 * it.
 */
export async function listProviders(database: Database): Promise<ListedProvider[]> {
  return inPrisma(database, (prisma) =>
    prisma.provider.findMany({
      select: { code: true, name: true },
      orderBy: [{ name: 'asc' }, { code: 'asc' }],
    }),
  )
}

/** A service of the register as a home page shows it. */
export interface ListedService {
  readonly code: string
  readonly name: string
  readonly strandName: string
  readonly providerName: string
}

/** The services of one provider, or of the whole register when it is null, by name. */
export async function listServices(
  database: Database,
  providerCode: string | null,
): Promise<ListedService[]> {
  const services = await inPrisma(database, (prisma) =>
    prisma.service.findMany({
      where: providerCode === null ? {} : { providerCode },
      include: {
        strand: true,
        provider: true,
      },
      orderBy: [{ name: 'asc' }, { code: 'asc' }],
    }),
  )
  return services.map(({ code, name, strand, provider }) => ({
    code,
    name,
    strandName: strand.name,
    providerName: provider.name,
  }))
}
