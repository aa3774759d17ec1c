import type pg from 'pg'
import type { ServerCode } from '#core/messages/operating/refusals.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { Database } from '#server/platform/db/database.ts'
import { dateOfDay } from '#server/platform/db/days.ts'
import { inPrisma, type PrismaTransaction } from '#server/platform/db/in-prisma.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { copyPostcodes, type PostcodeRow } from '#server/programme/postcodes/postcode-areas.ts'
import type { Register } from '#server/programme/register/register.ts'
import { insertSources } from '#server/programme/register/sources-of-register.ts'
import { writeSignOnRules } from '#server/programme/register/sign-on-rules.ts'

/** What a new store was given. */
export interface ProgrammeMade {
  readonly ok: true
  readonly services: number
  readonly postcodes: number
  /**
   * Whether its services were given demonstration agreements, because the programme is not live.
   */
  readonly demonstrationAgreements: boolean
}

/**
 * Makes an empty store the store of a programme: its register, its postcodes, and demonstration
 * agreements when it is not live. One transaction; `programme-exists` when there is one already.
 */
export async function initProgramme(
  database: Database,
  actor: string,
  register: Register,
  postcodes: readonly PostcodeRow[],
): Promise<ProgrammeMade | Refusal<ServerCode>> {
  return withTransaction(database, async (client) => {
    const { programme } = register
    if (!(await inPrisma(client, (prisma) => makeProgramme(prisma, programme))))
      return refuse('programme-exists')
    await run(client, 'programme/insert-register', [
      JSON.stringify(register.wards),
      JSON.stringify(register.strands),
      JSON.stringify(register.providers),
      JSON.stringify(register.services),
      JSON.stringify(valuesOf(register)),
      JSON.stringify(register.quarters ?? []),
    ])
    await insertSources(client, actor, register.services, new Date())
    // What a live programme begins with is tried out before it counts.
    if (programme.live) await beginInProfiling(client)
    if (register.signOn !== undefined) await writeSignOnRules(client, register.signOn)
    if (!programme.live) {
      const { from, to } = programme.years
      const purposes = programme.purpose === 'look-up' ? ['look-up'] : []
      await run(client, 'programme/insert-demonstration-agreements', [from, to, purposes])
    }
    await copyPostcodes(client, postcodes)
    await appendAudit(client, {
      actor,
      event: 'programme.initialised',
      subject: programme.code,
      detail: {
        services: register.services.length,
        postcodes: postcodes.length,
        live: programme.live,
        purpose: programme.purpose ?? 'reach',
      },
    })
    return {
      ok: true,
      services: register.services.length,
      postcodes: postcodes.length,
      demonstrationAgreements: !programme.live,
    }
  })
}

/** False when there is a programme already. */
async function makeProgramme(
  prisma: PrismaTransaction,
  { code, name, live, years, purpose = 'reach', policy = 'cautious' }: Register['programme'],
): Promise<boolean> {
  if ((await prisma.programme.count()) > 0) return false
  const [yearsFrom, yearsTo] = [dateOfDay(years.from), dateOfDay(years.to)]
  await prisma.programme.create({ data: { code, name, purpose, live, yearsFrom, yearsTo, policy } })
  await prisma.linkageState.updateMany({ data: { policy } })
  return true
}

/** What agreements of a look-up name as their purpose. */
const LOOK_UP_VALUE = {
  ...{ code: 'look-up', list: 'purpose' },
  name: 'Showing practitioners who else is involved with a person',
}

/** The values of a register, with that one where an exported register does not say it already. */
function valuesOf({
  programme: { purpose },
  values = [],
}: Pick<Register, 'programme' | 'values'>): readonly object[] {
  const isThere = values.some(({ code }) => code === LOOK_UP_VALUE.code)
  return purpose === 'look-up' && !isThere ? [...values, LOOK_UP_VALUE] : values
}

async function beginInProfiling(client: pg.ClientBase): Promise<void> {
  await inPrisma(client, ({ service }) => service.updateMany({ data: { stage: 'profiling' } }))
}
