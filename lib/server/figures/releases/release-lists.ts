import type pg from 'pg'
import { quartersBetween, type Quarter } from '#core/standard/quarter.ts'
import { CODE_LISTS } from '#core/standard/codes.ts'
import { ageBands, NOT_KNOWN } from '#core/disclosure/age-bands.ts'
import type { ReleaseLists } from '#core/disclosure/lattice.ts'
import { scaleCode, type ReleasedUse } from '#core/disclosure/released-use.ts'
import type { Profile } from '#core/disclosure/settings.ts'
import { scaleRules } from '#core/measures/paired-change.ts'
import type { Database } from '#server/platform/db/database.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { readFramework } from '#server/programme/register/framework-versions.ts'

/**
 * The lists of a release of the production figures up to a quarter: the register in order of its
 * codes, and every quarter from the first with a file. Undefined when no service has sent a file by
 * then.
 */
export async function readReleaseLists(
  client: pg.ClientBase,
  lastQuarter: Quarter,
  profile: Profile = 'programme',
): Promise<ReleaseLists | undefined> {
  const coverage = await readCoverage(client, lastQuarter)
  const [first] = Object.keys(coverage).sort()
  if (first === undefined) return undefined
  const register = await readRegister(client)
  return {
    quarters: quartersBetween(first as Quarter, lastQuarter),
    ...register,
    values: {
      'age-band': ageBands(),
      gender: ['F', 'M', 'X', NOT_KNOWN],
      ethnicity: [...CODE_LISTS.ethnicity.codes.map(({ code }) => code), NOT_KNOWN],
    },
    coverage,
    // What is for everybody is of reach alone.
    use: profile === 'public' ? undefined : await readUse(client),
  }
}

/** The scales of the measurement framework in force. */
async function readUse(client: pg.ClientBase): Promise<ReleasedUse> {
  const kept = await readFramework(client)
  const rules = kept === undefined ? [] : scaleRules(kept.framework)
  return {
    scales: rules
      .map((rule) => ({
        code: scaleCode(rule),
        isRuled: rule.direction !== 0 && rule.by !== null,
      }))
      .sort(byCodeUnit),
  }
}

/**
 * The last quarter that any service has a file of people in the figures for; undefined when there is none.
 */
export async function lastQuarterWithFiles(
  client: Database | pg.ClientBase,
): Promise<Quarter | undefined> {
  const last = await inPrisma(client, ({ submission }) =>
    submission.aggregate({
      where: { dataset: 'production', kind: 'people', state: 'linked' },
      _max: { quarter: true },
    }),
  )
  return (last._max.quarter as Quarter | null) ?? undefined
}

async function readCoverage(
  client: pg.ClientBase,
  lastQuarter: Quarter,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const rows = await run(client, 'releases/read-coverage', [lastQuarter])
  return Object.fromEntries(rows.map(({ quarter, services }) => [quarter, services]))
}

async function readRegister(
  client: pg.ClientBase,
): Promise<Pick<ReleaseLists, 'strands' | 'services' | 'wards' | 'providers'>> {
  return inPrisma(client, async (prisma) => {
    const found = await prisma.service.findMany({
      select: { code: true, strandCode: true, providerCode: true },
    })
    const services = found.sort(byCodeUnit)
    const strands = await prisma.strand.findMany({ select: { code: true } })
    const wards = await prisma.ward.findMany({ select: { code: true } })
    return {
      services: services.map(({ code, strandCode }) => ({ code, strand: strandCode })),
      providers: services.map(({ providerCode }) => providerCode),
      strands: strands.sort(byCodeUnit).map(({ code }) => code),
      wards: wards.sort(byCodeUnit).map(({ code }) => code),
    }
  })
}

/** Whatever the collation of the database: ties go by this order. */
function byCodeUnit(a: { readonly code: string }, b: { readonly code: string }): number {
  return a.code < b.code ? -1 : 1
}
