import { writeToldCsv, writeToldWorkbook } from '#server/figures/measures/told-files.ts'
import { answerNoFile } from '../../../guards/refused.ts'
import { readSignedIn } from '../../../guards/require-actor.ts'
import { readNotReached } from '../../not-reached/read-not-reached.tsx'
import { readPathways } from '../../pathways/read-pathways.tsx'
import { readQuality } from '../../quality/read-quality.ts'
import { openPage, type ReadPage } from '../../read-page.ts'
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
}

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const

/** The tables of a page of exact figures as CSV or as a workbook; the look is audited as that of the page. */
export async function GET(
  request: Request,
  { params }: { readonly params: Promise<{ page: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  const { page } = await params
  if (signedIn === undefined || !isPage(page)) return answerNoFile()
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const read = await PAGES[page](await openPage(signedIn.actor, query))
  if (read === undefined) return answerNoFile()
  const { title, parts, inFiles = [], notes = [] } = read
  const file = { title, notes, tables: [...parts.flatMap(({ tables }) => tables), ...inFiles] }
  const form = query['form'] === 'xlsx' ? 'xlsx' : 'csv'
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

function isPage(page: string): page is ToldName {
  return Object.hasOwn(PAGES, page)
}
