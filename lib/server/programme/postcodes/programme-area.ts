import type pg from 'pg'
import type { NamedCode, PostcodeAreas, ProgrammeArea } from '#core/area-file/area-file.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'
import { readAreas } from './postcode-areas.ts'
import { readProgramme } from '#server/programme/register/read-programme.ts'

/**
 * What a hasher must know of a programme: its register, the framework that scores are of, and which
 * ward each postcode of its area lies in, by digest. A ward that the postcode file names beside those of the register is one that
 * a hashed file may name.
 */
export async function readProgrammeArea(
  database: Database,
): Promise<{ readonly area: ProgrammeArea; readonly postcodes: PostcodeAreas }> {
  const { code, name } = await readProgramme(database)
  return withTransaction(database, async (client) => {
    const { providers, services } = await inPrisma(client, async (prisma) => ({
      providers: await prisma.provider.findMany({
        select: { code: true, name: true },
        orderBy: { code: 'asc' },
      }),
      services: await prisma.service.findMany({
        select: { code: true, name: true, providerCode: true },
        orderBy: { code: 'asc' },
      }),
    }))
    const areas = await readAreas(client)
    const framework = await readFramework(client)
    return {
      area: {
        programme: { code, name },
        providers,
        services: services.map(({ providerCode, ...service }) => ({
          ...service,
          provider: providerCode,
        })),
        wards: await listKnownWards(client),
        ...(framework === undefined ? {} : { framework }),
      },
      postcodes: Array.from(areas, ([digest, area]) => [
        BigInt.asUintN(64, digest).toString(16).padStart(16, '0'),
        area,
      ]),
    }
  })
}

/** The wards of the register, and those that postcodes lie in beside them. */
export async function listKnownWards(on: Database | pg.ClientBase): Promise<NamedCode[]> {
  return run(on, 'programme/list-known-wards', [])
}
