import type { ConfirmReason } from '#core/messages/findings/answer-reasons.ts'
import type { FindingCode } from '#core/messages/findings/findings.ts'
import type { WordsDetail } from '#core/messages/words.ts'
import { readRowList } from '#core/checks/row-list.ts'
import type { Severity } from '#core/standard/finding.ts'
import { headingOf } from '#core/mapping/answers/column-choices.ts'
import { placeOf, type Place } from '#core/preparation/row-places.ts'
import { inPrisma } from '#server/platform/db/in-prisma.ts'
import { run } from '#server/platform/db/run.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import type { PortalStore } from '#server/store/receiving-store.ts'
import { findJourney, type Journey } from './read-journey.ts'

/** A finding as its page shows it; no value of any row. */
export interface FindingView {
  readonly code: FindingCode
  readonly field: string
  readonly severity: Severity
  readonly rows: number
  /** Counts that its words say. */
  readonly detail: WordsDetail | null
  /** Why the provider says that it is right. */
  readonly reason: ConfirmReason | null
  /** What was said of it last time. */
  readonly offered: ConfirmReason | null
}

/** Findings of one column; those of the file or row as a whole have no column. */
export interface FindingGroup {
  /**
   * The file's heading, or the field's label where no column gives it; empty for the file as a
   * whole.
   */
  readonly column: string
  readonly findings: readonly FindingView[]
}

/** How the file compares with the service's own latest earlier quarter, in clients. */
export interface EarlierView {
  readonly quarter: string
  readonly same: number
  readonly changed: number
  readonly new: number
  readonly removed: number
}

/** What checking a file came to, or how far it is. */
export interface CheckView {
  readonly ok: true
  readonly journey: Journey
  readonly groups: readonly FindingGroup[]
  readonly earlier: EarlierView | undefined
}

/** Reads the findings of a checked file, by column, each with its total. */
export async function readCheck(
  store: PortalStore,
  actor: Actor,
  reference: string,
): Promise<CheckView | Refusal<'not-found'>> {
  const journey = await findJourney(store, actor, reference)
  if (journey === undefined) return refuse('not-found')
  const found = await run(store.database, 'journey/read-findings', [journey.id])
  const earlier = await readEarlier(store, journey)
  // A code that we wrote ourselves.
  const groups = byColumn(journey, found as FindingView[])
  return { ok: true, journey, groups, earlier }
}

async function readEarlier(store: PortalStore, journey: Journey): Promise<EarlierView | undefined> {
  const compared = await inPrisma(store.database, ({ comparison }) =>
    comparison.findUnique({
      select: {
        ...{ same: true, changed: true, new: true, removed: true },
        other: { select: { quarter: true } },
      },
      where: {
        submissionId_against: { submissionId: BigInt(journey.id), against: 'earlier' },
      },
    }),
  )
  if (compared === null) return undefined
  const { other, ...clients } = compared
  return { ...clients, quarter: other.quarter }
}

/** Rows of a finding on one page. */
export const ROWS_A_PAGE = 200

/** A row that a finding is about. */
export interface FindingRow {
  /** Its number from 1 below the headings of the file, as the grid has it. */
  readonly row: number
  /** Where it stands in the file, as its spreadsheet counts rows from 1 at its top. */
  readonly place: Place
}

/** A page of the rows of one finding. */
export interface FindingRows {
  readonly ok: true
  readonly journey: Journey
  readonly finding: FindingView
  readonly column: string
  readonly rows: readonly FindingRow[]
  readonly page: number
  readonly pages: number
}

/** Reads a page of the rows that a finding is about; every row is on one of the pages. */
export async function readFindingRows(
  store: PortalStore,
  actor: Actor,
  wanted: {
    readonly reference: string
    readonly code: string
    readonly field: string
    readonly page: number
  },
): Promise<FindingRows | Refusal<'not-found'>> {
  const check = await readCheck(store, actor, wanted.reference)
  if (!check.ok) return check
  const group = check.groups.find(({ findings }) => findings.some(isWanted))
  const finding = group?.findings.find(isWanted)
  if (group === undefined || finding === undefined) return refuse('not-found')
  const list = await inPrisma(store.database, ({ findingRowList }) =>
    findingRowList.findUnique({
      select: { rows: true },
      where: {
        submissionId_code_field_severity: {
          submissionId: BigInt(check.journey.id),
          code: finding.code,
          field: finding.field,
          severity: finding.severity,
        },
      },
    }),
  )
  const listed = list === null ? [] : readRowList(list.rows)
  const pages = Math.max(1, Math.ceil(listed.length / ROWS_A_PAGE))
  const page = Math.min(Math.max(1, wanted.page), pages)
  const receipt = check.journey.receipt ?? { headerRow: 1 }
  // A row of several people takes a number for each of them.
  const parts = check.journey.receipt?.places?.parts ?? 1
  return {
    ok: true,
    journey: check.journey,
    finding,
    column: group.column,
    rows: listed
      .slice((page - 1) * ROWS_A_PAGE, page * ROWS_A_PAGE)
      .filter((row) => row > 0)
      .map((row) => ({ row: Math.ceil(row / parts), place: placeOf(receipt, row) })),
    page,
    pages,
  }

  function isWanted({ code, field }: FindingView): boolean {
    return code === wanted.code && field === wanted.field
  }
}

function byColumn(journey: Journey, findings: readonly FindingView[]): FindingGroup[] {
  const groups = new Map<string, FindingView[]>()
  for (const finding of findings) {
    const column = columnOf(journey, finding.field)
    groups.set(column, [...(groups.get(column) ?? []), finding])
  }
  return [...groups].map(([column, found]) => ({ column, findings: found }))
}

/** The heading of the column that gives a field, else the field's own name. */
export function columnOf({ mapping, header }: Journey, field: string): string {
  return headingOf(mapping, header, field)
}
