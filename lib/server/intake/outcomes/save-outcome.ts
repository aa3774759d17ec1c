import type pg from 'pg'
import type { QuarterFigures } from '#core/checks/quarters/quarter-figures.ts'
import type { FindingCount } from '#core/standard/finding.ts'
import type { ProposalTold } from '#core/preparation/proposals/proposals.ts'
import type { Mapping, Suggestion } from '#core/mapping/mapping.ts'
import { plainReceipt } from '#core/tabular/plain-receipt.ts'
import type { ReadingReceipt } from '#core/tabular/table.ts'
import type { Prisma } from '#server/platform/db/generated/client.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { jsonValue } from '#server/platform/db/json-value.ts'
import { run } from '#server/platform/db/run.ts'
import type { ReceivingStore } from '#server/store/receiving-store.ts'
import type { Opened, OutcomeRead } from '#server/intake/reading/reading-task.ts'
import type { Stopped } from '#server/intake/stops/apply-stops.ts'
import type { Comparison, Past } from './compare-submission.ts'
import {
  readFileWords,
  sealFileWords,
  type FileWords,
} from '#server/intake/submissions/file-words.ts'
import type { RowCounts, Submission } from '#server/intake/submissions/read-submission.ts'

/** What checking a file came to: counts and codes, never a value. */
export interface CheckedFile {
  readonly mapping: Mapping
  /** Every suggestion for its columns, certain or not. */
  readonly suggestions: readonly Suggestion[]
  /** Shapes that the file seems to have, taken or not. */
  readonly proposals: readonly ProposalTold[]
  readonly receipt: ReadingReceipt
  readonly rows: RowCounts
  /** Without those that were stopped. */
  readonly records: number
  /** Rows of people who asked to be left out, or set apart. */
  readonly stopped: number
  /** Of these, those of whom the provider is told nothing. */
  readonly stoppedUntold: number
  readonly familyTies: number
  readonly findings: readonly FindingCount[]
  readonly outcome: OutcomeRead
  /** How it compares with the service's own past. */
  readonly comparisons: readonly Comparison[]
  /** What later quarters are compared with; not of a file that cannot be used. */
  readonly figures?: QuarterFigures
  /** Clients who were in an earlier quarter of the service; not of its first. */
  readonly seenAgain?: number
}

/** Brings together what the reading found and what the store found. */
export function checkedFile(
  read: { opened: Opened; receipt: ReadingReceipt; outcome: OutcomeRead },
  { findings: found, comparisons, figures, seenAgain, settled }: Past,
  stopped: Stopped,
): CheckedFile {
  const outcome = withSettled(read.outcome, settled)
  return {
    mapping: read.opened.mapping,
    suggestions: read.opened.suggestions,
    proposals: read.opened.proposals,
    receipt: read.receipt,
    rows: outcome.rows,
    records: outcome.records - stopped.rows,
    stopped: stopped.rows,
    stoppedUntold: stopped.untold,
    familyTies: outcome.familyTies,
    findings: [
      ...outcome.findings.map(({ code, field, severity, rows }) => ({
        code,
        field,
        severity,
        rows,
      })),
      ...found.map((finding) => ({ ...finding, rows: 1 })),
    ],
    outcome,
    comparisons,
    ...(figures === undefined ? {} : { figures }),
    ...(seenAgain === undefined ? {} : { seenAgain }),
  }
}

/** What was settled of an earlier quarter is told and not asked. */
function withSettled(outcome: OutcomeRead, settled: Past['settled']): OutcomeRead {
  if (!outcome.findings.some(({ code }) => settled.includes(code))) return outcome
  return {
    ...outcome,
    findings: outcome.findings.map((finding) =>
      finding.severity === 'confirm' && settled.includes(finding.code)
        ? { ...finding, severity: 'note' }
        : finding,
    ),
  }
}

/** Writes what a check came to beside its submission, in the caller's transaction. */
export async function saveOutcome(
  client: pg.PoolClient,
  store: Pick<ReceivingStore, 'files'>,
  { id, fileId }: Pick<Submission, 'id' | 'fileId'>,
  file: CheckedFile,
): Promise<void> {
  const { rows, outcome, mapping, receipt } = file
  const submissionId = BigInt(id)
  const words = await sealFileWords(store, fileId, { mapping, receipt } satisfies FileWords)
  await inPrisma(client, async (prisma) => {
    await prisma.submission.update({
      select: { id: true },
      where: { id: submissionId },
      data: {
        words,
        receipt: jsonValue(plainReceipt(receipt)),
        rowsRead: rows.read,
        rowsAccepted: rows.accepted,
        rowsRejected: rows.rejected,
        rowsBlank: rows.blank,
        rowsLeftOut: rows.leftOut,
        records: file.records,
        stopped: file.stopped,
        stoppedUntold: file.stoppedUntold,
        familyTies: file.familyTies,
        ...eventsOf(outcome),
        ...(file.figures === undefined ? {} : { figures: jsonValue(file.figures) }),
        linkability: jsonValue({
          ...{ evidence: outcome.linkability, columns: outcome.columns },
          ...{ forecast: outcome.forecast, seenAgain: file.seenAgain },
          filled: outcome.filled ?? {},
        }),
      },
    })
    await prisma.findingCount.deleteMany({ where: { submissionId } })
    await prisma.findingCount.createMany({
      data: file.findings.map((finding, index) => ({
        submissionId,
        code: finding.code,
        field: finding.field,
        severity: finding.severity,
        rows: finding.rows,
        ...(finding.detail === undefined ? {} : { detail: jsonValue(finding.detail) }),
        firstRows: [...(outcome.findings[index]?.firstRows ?? [])],
      })),
    })
    await prisma.comparison.deleteMany({ where: { submissionId } })
    await prisma.comparison.createMany({
      data: file.comparisons.map(({ against, otherId, same, changed, new: arrived, removed }) => ({
        ...{ submissionId, against, otherId: BigInt(otherId) },
        ...{ same, changed, new: arrived, removed },
      })),
    })
    await prisma.findingRowList.deleteMany({ where: { submissionId } })
  })
  await saveRowLists(client, id, outcome)
}

/** What the rows came to beside people, of a file of a further kind. */
function eventsOf({
  activities,
  scores,
  feed,
}: OutcomeRead): Pick<Prisma.SubmissionUncheckedUpdateInput, 'events'> {
  if (activities === undefined && scores === undefined && feed === undefined) return {}
  return {
    events: jsonValue({
      ...(activities === undefined ? {} : { activities }),
      ...(scores === undefined ? {} : { scores }),
      ...(feed === undefined ? {} : { feed }),
    }),
  }
}

/** Every row of every finding: row numbers, so that a page can show all of them. */
async function saveRowLists(
  client: pg.ClientBase,
  id: string,
  { findings }: OutcomeRead,
): Promise<void> {
  await run(client, 'submissions/insert-finding-rows', [
    id,
    findings.map(({ code }) => code),
    findings.map(({ field }) => field),
    findings.map(({ severity }) => severity),
    findings.map(({ rowList }) => Buffer.from(rowList)),
  ])
}

/** Keeps how the file of a submission was read, in the caller's transaction. */
export async function keepReceipt(
  client: pg.ClientBase,
  store: Pick<ReceivingStore, 'files'>,
  kept: Pick<Submission, 'id' | 'fileId' | 'words'>,
  receipt: ReadingReceipt,
): Promise<void> {
  const { mapping } = await readFileWords(store, kept)
  const words = await sealFileWords(store, kept.fileId, { mapping, receipt } satisfies FileWords)
  await inPrisma(client, ({ submission }) =>
    submission.update({
      select: { id: true },
      where: { id: BigInt(kept.id) },
      data: { words, receipt: jsonValue(plainReceipt(receipt)) },
    }),
  )
}
