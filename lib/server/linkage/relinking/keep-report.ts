import { inPrisma } from '#server/platform/db/in-prisma.ts'
import type { Database } from '#server/platform/db/database.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { run } from '#server/platform/db/run.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import type { RelinkTrial } from './try-relink.ts'

/** What may be told of a report to whoever may ask for one: no figure of people. */
export interface ReportFacts {
  readonly policyBefore: string
  readonly policy: string
  readonly linkageVersion: string
  /** How many people others join to, and how many part. */
  readonly joins: number
  readonly parts: number
}

/** Keeps what a trial came to as the report of an act, once, with its entry in the audit log. */
export async function keepReport(
  database: Database,
  { act, actor }: { readonly act: string; readonly actor: string },
  trial: RelinkTrial,
): Promise<ReportFacts> {
  const { policyBefore, policy, linkageVersion, records, peopleBefore, peopleAfter } = trial
  const count = (kind: string): number => trial.changes.filter((one) => one.kind === kind).length
  const facts = { policyBefore, policy, linkageVersion, joins: count('join'), parts: count('part') }
  const actId = BigInt(act)
  await withTransaction(database, async (client) => {
    const isKept = await inPrisma(client, async ({ relinkReport, relinkReach }) => {
      if ((await relinkReport.count({ where: { actId } })) > 0) return true
      await relinkReport.create({
        data: {
          ...{ actId, linkageVersion: BigInt(linkageVersion), policyBefore, policyAfter: policy },
          ...{ records, peopleBefore, peopleAfter },
        },
      })
      await relinkReach.createMany({
        data: trial.reach.map(({ service: serviceCode, before, after }) => ({
          ...{ actId, serviceCode, before, after },
        })),
      })
      return false
    })
    // An earlier try may have got as far as that.
    if (isKept) return
    await run(client, 'relinking/insert-changes', [act, JSON.stringify(trial.changes)])
    await appendAudit(client, {
      actor,
      event: 'linkage.tried',
      subject: 'production',
      detail: { act, ...facts },
    })
  })
  return facts
}
