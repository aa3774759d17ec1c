import { missingWords } from '#core/messages/releases/missing-words.ts'
import { quartersBetween } from '#core/standard/quarter.ts'
import { lookAtMissingFiles } from '#server/programme/quarters/calendar.ts'
import { noteDownload } from '#server/figures/dashboards/release-notes.ts'
import { writeToldCsv, writeToldWorkbook } from '#server/figures/measures/told-files.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { readImpactPage } from '../../impact/read-impact.tsx'
import { readNotReached } from '../../not-reached/read-not-reached.tsx'
import { readPathways } from '../../pathways/read-pathways.tsx'
import { readProgrammePage } from '../../programme/read-programme.tsx'
import { readQuality } from '../../quality/read-quality.ts'
import { openPage, type PageAsked, type ReadPage } from '../../read-page.ts'
import type { ToldName } from '../../told-page.tsx'
import { readService } from '../../services/read-service.ts'
import { readUse } from '../../use/read-use.ts'
import { readWardsPage } from '../../wards/read-wards.tsx'

const PAGES: Readonly<Record<ToldName, ReadPage>> = {
  use: readUse,
  pathways: readPathways,
  wards: readWardsPage,
  'not-reached': readNotReached,
  quality: readQuality,
  service: readService,
  programme: readProgrammePage,
  impact: readImpactPage,
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/**
 * The tables of a page of figures as CSV or as a workbook. A look at exact figures is audited as that of their page, and that
 * figures of a release were taken away as such.
 */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ page: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  const { page } = await params
  if (signedIn === undefined || !isPage(page)) return answerNoFile()
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const asked = await openPage(signedIn.actor, query)
  const read = await PAGES[page](asked)
  if (read === undefined) return answerNoFile()
  const { title, parts, inFiles = [], notes = [], of } = read
  const tables = [...parts.flatMap((part) => part.tables), ...inFiles]
  const missing = OF_PERIOD.includes(page) ? [await missingNote(asked)] : []
  const file = { title, tables, notes: [...notes, ...missing], cover: of?.cover }
  const form = query['form'] === 'xlsx' ? 'xlsx' : 'csv'
  if (of !== undefined)
    await noteDownload(asked.accounts.pool, signedIn.actor, of.release, `${page}.${form}`)
  const body = form === 'xlsx' ? new Uint8Array(writeToldWorkbook(file)) : writeToldCsv(file)
  return new Response(body, {
    headers: {
      'Content-Type': TYPES[form],
      'Content-Disposition': `attachment; filename="${page}.${form}"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}

/** Pages of a period: the others say in their tables where no file had come. */
const OF_PERIOD: readonly ToldName[] = ['use', 'pathways', 'wards', 'not-reached']

/** Which files are missing from exact figures of a period. */
async function missingNote({ accounts, actor, period }: PageAsked): Promise<string> {
  const quarters = quartersBetween(period.from, period.to)
  const { count, which } = missingWords(await lookAtMissingFiles(accounts, actor, quarters))
  return `${count} ${which}`.trim()
}

function isPage(page: string): page is ToldName {
  return Object.hasOwn(PAGES, page)
}
