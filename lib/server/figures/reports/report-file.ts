import { writeReleaseWorkbook } from '#server/figures/publishing/published-workbook.ts'
import { readReleaseRows } from '#server/figures/releases/release-rows.ts'
import type { Actor } from '#server/identity/actors/actor.ts'
import { appendAudit } from '#server/identity/audit/append-audit.ts'
import { withTransaction } from '#server/platform/db/pool.ts'
import { refuse, type Refusal } from '#server/platform/faults/fault.ts'
import { readReport, type QuarterlyReport } from './read-report.ts'
import { writeReport } from './write-report.ts'
import type { ReportContext } from './write-report-words.ts'

/** A report as it is answered; `name` of what is kept rather than shown. */
export interface ReportFile {
  readonly ok: true
  readonly type: string
  readonly body: string | Uint8Array<ArrayBuffer>
  readonly name?: string
}

const HTML = 'text/html; charset=utf-8'
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/**
 * The report of a release to be read, or as a file; that it was taken away is audited before anybody has
 * it. The words are those that are signed off, unless the draft is asked for.
 */
export async function readReportFile(
  context: ReportContext,
  actor: Actor,
  {
    release,
    form,
    isDraft,
  }: { readonly release: string; readonly form: string; readonly isDraft: boolean },
): Promise<ReportFile | Refusal<'not-found'>> {
  if (form !== 'read' && form !== 'html' && form !== 'xlsx') return refuse('not-found')
  const read = await readReport(context, actor, release, isDraft)
  if (!read.ok) return read
  const { report } = read
  if (form === 'read') return { ok: true, type: HTML, body: writeReport(report) }
  const body = form === 'html' ? writeReport(report) : await workbookOf(context, report)
  await withTransaction(context.pool, (client) =>
    appendAudit(client, {
      ...{ actor: actor.userId, event: 'report.downloaded', subject: release },
      detail: { form, version: report.version?.version ?? 0 },
    }),
  )
  const name = `report-${release}.${form}`
  return { ok: true, type: form === 'html' ? HTML : XLSX, body, name }
}

async function workbookOf(
  { releases }: ReportContext,
  report: QuarterlyReport,
): Promise<Uint8Array<ArrayBuffer>> {
  const { release, names, use } = report
  const standing =
    release.profile === 'public'
      ? 'made for the public'
      : 'made for those who run and fund the programme'
  const rows = await readReleaseRows(releases, release, names)
  return new Uint8Array(writeReleaseWorkbook({ ...report, standing }, rows, use))
}
