import { PSEUDONYM_NAMES } from '#server/store/record-columns.ts'
import type pg from 'pg'
import { compareQuarters } from '#core/checks/quarters/compare-quarters.ts'
import {
  QUARTERS_COMPARED,
  type EarlierQuarter,
  type QuarterFigures,
} from '#core/checks/quarters/quarter-figures.ts'
import {
  areMostOthers,
  doAllReturn,
  doFewReturn,
  type Returning,
} from '#core/checks/quarters/returning-clients.ts'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { ComparedFinding } from '#core/standard/finding.ts'
import { quarterWords, type Quarter } from '#core/standard/quarter.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run, runForRow } from '#server/platform/db/run.ts'
import type { StopStore } from '#server/intake/stops/stopped-file.ts'
import { readUntold, type UntoldClients } from '#server/intake/stops/untold-clients.ts'
import type { RowCounts, Submission } from '#server/intake/submissions/read-submission.ts'

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
  store: StopStore,
  submission: Submission,
  standing: Submission,
): Promise<Difference> {
  const { dataset, id } = submission
  const { submissions, epochs, clients, wholes } = await readUntold(client, store, id)
  return runForRow(client, 'submissions/compare-clients', [
    ...([dataset, id, standing.id] as const),
    ...([submissions, epochs, clients, wholes] as const),
  ])
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
  readonly findings: readonly ComparedFinding[]
  readonly comparisons: readonly Comparison[]
  /** What the file amounts to, as later quarters are compared with it. */
  readonly figures?: QuarterFigures
  /** Clients who were in an earlier quarter of the service; not of its first. */
  readonly seenAgain?: number
  /** What is always so at the service, as somebody confirmed of an earlier quarter. */
  readonly settled: readonly FindingCode[]
}

/** Nothing to compare with. */
export const NO_PAST: Past = { findings: [], comparisons: [], settled: [] }

/** Findings that tell of a place and not of a file: a hostel’s postcode is confirmed once. */
const ASKED_ONCE: readonly FindingCode[] = ['postcode-of-everybody']

/**
 * What the service's own past says against a loaded file: bytes that were sent for another service
 * or quarter, clients of whom fewer returned than usual, references that are other people's now,
 * counts that jump and shares of identifiers that fall. Nothing here depends on what other services
 * know of a person, nor on the order in which quarters came.
 */
export async function compareWithPast(
  client: pg.PoolClient,
  store: StopStore,
  submission: Submission,
  rows: RowCounts,
): Promise<Past> {
  const earlier = await readEarlier(client, submission)
  const figures = {
    rows: rows.accepted + rows.rejected,
    ...(await runForRow(
      client,
      'submissions/count-figures',
      [submission.dataset, submission.id],
      PSEUDONYM_NAMES,
    )),
    own: await runForRow(client, 'submissions/measure-file', [submission.dataset, submission.id]),
  }
  const untold = await readUntold(client, store, submission.id)
  const seen = await runForRow(client, 'submissions/count-seen-again', [
    ...([submission.dataset, submission.id, untold.submissions, untold.clients] as const),
  ])
  const { findings, comparisons } = await compareWithLatest(client, submission, earlier, untold)
  return {
    findings: [
      ...(await findSameBytes(client, submission)),
      ...findings,
      ...compareQuarters(figures, earlier),
    ],
    comparisons,
    figures,
    settled: ASKED_ONCE.filter((code) =>
      earlier.some(({ confirmed }) => confirmed.some((each) => each.code === code)),
    ),
    ...(seen.clients === null ? {} : { seenAgain: seen.clients }),
  }
}

async function findSameBytes(
  client: pg.PoolClient,
  { id }: Submission,
): Promise<ComparedFinding[]> {
  const found = await run(client, 'submissions/same-bytes-elsewhere', [id])
  return found.map(({ kind }) => {
    const code = `sent-for-${kind as 'other-service' | 'other-quarter'}` as const
    return { code, field: '', severity: 'confirm' }
  })
}

interface EarlierSubmission extends EarlierQuarter {
  readonly id: string
}

/**
 * The quarters before a submission's that its service has in the figures, latest first. What is to
 * be confirmed of a file in the figures was confirmed, on a page or by who sent it.
 */
async function readEarlier(
  client: pg.PoolClient,
  { dataset, service, quarter, kind }: Submission,
): Promise<EarlierSubmission[]> {
  const earlier = await inPrisma(client, ({ submission }) =>
    submission.findMany({
      select: {
        ...{ id: true, quarter: true, figures: true },
        findings: { select: { code: true, field: true }, where: { severity: 'confirm' } },
      },
      where: { dataset, serviceCode: service, kind, state: 'linked', quarter: { lt: quarter } },
      orderBy: { quarter: 'desc' },
      take: QUARTERS_COMPARED,
    }),
  )
  return earlier.flatMap(({ id, quarter: of, figures, findings }) =>
    figures === null
      ? []
      : [
          {
            id: String(id),
            quarter: of as Quarter,
            // What we wrote ourselves.
            figures: figures as unknown as QuarterFigures,
            confirmed: findings,
          },
        ],
  )
}

/** How the file differs from the latest earlier quarter's, client by client. */
async function compareWithLatest(
  client: pg.PoolClient,
  { dataset, id }: Submission,
  earlier: readonly EarlierSubmission[],
  untold: UntoldClients,
): Promise<Pick<Past, 'findings' | 'comparisons'>> {
  const [compared] = await run(
    client,
    'submissions/compare-earlier',
    [
      ...([dataset, id, untold.submissions, untold.epochs, untold.clients, untold.says] as const),
      ...([untold.nhs, untold.nameBirths, untold.tells] as const),
    ],
    PSEUDONYM_NAMES,
  )
  if (compared === undefined) return { findings: [], comparisons: [] }
  const { others, quarter, ...latest } = compared
  const returning = latest.same + latest.changed
  const clients = returning + latest.removed
  const pairs = await run(client, 'submissions/return-habit', [
    ...([dataset, id, untold.submissions, untold.epochs, untold.clients] as const),
  ])
  const isOut = (code: FindingCode, isOutOf: (habit: Returning) => boolean): boolean =>
    isOutOf(addUp(pairs)) && isOutOf(addUp(sinceConfirmed(pairs, earlier, code)))
  const detail = { clients, returning, when: quarterWords(quarter as Quarter) }
  const found = (code: FindingCode): ComparedFinding => {
    return { code, field: 'client_ref', severity: 'confirm', detail }
  }
  const arrived = latest.new
  const findings = [
    ...(isOut('few-clients-return', (habit) => doFewReturn(detail, habit))
      ? [found('few-clients-return')]
      : []),
    ...(isOut('all-clients-return', (habit) => doAllReturn(detail, arrived, habit))
      ? [found('all-clients-return')]
      : []),
    ...(areMostOthers(returning, others) ? [found('clients-are-others')] : []),
  ]
  return { findings, comparisons: [{ ...latest, against: 'earlier' }] }
}

/** How many came back over several quarters. */
function addUp(pairs: readonly Returning[]): Returning {
  const sum = { clients: 0, returning: 0 }
  for (const { clients, returning } of pairs) {
    sum.clients += clients
    sum.returning += returning
  }
  return sum
}

/** The quarters from the latest one on of which this was confirmed; all where it never was. */
function sinceConfirmed<Pair extends { readonly id: string }>(
  pairs: readonly Pair[],
  earlier: readonly EarlierSubmission[],
  code: FindingCode,
): readonly Pair[] {
  const last = earlier.find(({ confirmed }) => confirmed.some((each) => each.code === code))
  const at = pairs.findIndex(({ id }) => id === last?.id)
  return at < 0 ? pairs : pairs.slice(0, at + 1)
}
