import type pg from 'pg'
import { areMostOthers, doFewReturn } from '#core/checks/returning-clients.ts'
import type { FileFinding } from '#core/standard/finding.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { Submission } from './read-submission.ts'

/** How a file differs from the one it would replace, in clients. */
export interface Difference {
  readonly same: number
  readonly changed: number
  readonly new: number
  readonly removed: number
}

/** Compares a loaded submission with the one that stands in its place, client by client. */
export async function compareClients(
  client: pg.PoolClient,
  submission: Submission,
  standing: Submission,
): Promise<Difference> {
  const { dataset, id } = submission
  return runForRow(client, 'submissions/compare-clients', [dataset, id, standing.id])
}

/**
 * How a file compares with another of its service: what it would take the place of, or the latest
 * earlier quarter's.
 */
export interface Comparison extends Difference {
  readonly against: 'standing' | 'earlier'
  /** The submission it is compared with. */
  readonly otherId: string
}

/** What the service's own past says of a file. */
export interface Past {
  readonly findings: readonly FileFinding[]
  readonly comparisons: readonly Comparison[]
}

/** Nothing to compare with. */
export const NO_PAST: Past = { findings: [], comparisons: [] }

/**
 * What the service's own past says against a loaded file: bytes that were sent for another service
 * or quarter, clients of whom fewer returned than usual, and references that are other people's now.
 * Nothing here depends on what other services know of a person.
 */
export async function compareWithPast(
  client: pg.PoolClient,
  submission: Submission,
): Promise<Past> {
  const findings: FileFinding[] = []
  for (const { kind } of await run(client, 'submissions/same-bytes-elsewhere', [submission.id])) {
    const code = `sent-for-${kind as 'other-service' | 'other-quarter'}` as const
    findings.push({ code, field: '', severity: 'confirm' })
  }
  const { dataset, id } = submission
  const [compared] = await run(client, 'submissions/compare-earlier', [dataset, id])
  if (compared === undefined) return { findings, comparisons: [] }
  const { others, ...earlier } = compared
  const returning = earlier.same + earlier.changed
  const clients = returning + earlier.removed
  // Where half of them return, no habit makes it a surprise.
  if (returning * 2 < clients) {
    const habit = await runForRow(client, 'submissions/return-habit', [dataset, id])
    if (doFewReturn({ clients, returning }, habit))
      findings.push({ code: 'few-clients-return', field: 'client_ref', severity: 'confirm' })
  }
  if (areMostOthers(returning, others))
    findings.push({ code: 'clients-are-others', field: 'client_ref', severity: 'confirm' })
  return { findings, comparisons: [{ ...earlier, against: 'earlier' as const }] }
}
