import { writeCsv } from '#core/tabular/writing/csv-writer.ts'
import { listRemovals } from '#server/figures/extracts/research-projects.ts'
import { answerNoFile } from '../../../../guards/refused.ts'
import { openRequest } from '../../../../guards/request-context.ts'
import { readSignedIn } from '../../../../guards/require-actor.ts'

/** Whose rows a project has to remove, by the extract's own pseudonyms. */
export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ extract: string }> },
): Promise<Response> {
  const signedIn = await readSignedIn()
  const { accounts } = await openRequest()
  const { extract } = await params
  const read =
    signedIn === undefined ? undefined : await listRemovals(accounts, signedIn.actor, extract)
  if (read?.ok !== true) return answerNoFile()
  const rows = read.removals.map(({ pseudonym, since }) => [pseudonym, since])
  return new Response(writeCsv(['person', 'since'], rows), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${read.reference}-removals.csv"`,
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    },
  })
}
