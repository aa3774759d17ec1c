import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { asksHeaderRow, FILE_WORDS } from '#core/messages/reading/file-refusals.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { openPool } from '#server/platform/db/pool.ts'
import { badFiles } from '../server/intake/submissions/bad-files.ts'
import { ask } from './setup/ask.ts'
import { sessionOf, uploadForm } from './setup/session-of.ts'
import { ACCOUNTS } from './setup/visitor.ts'

const PLACE = '/send/natural-thinkers/2023-Q4'

/**
 * Those that a portal sees when they come; what is wrong with rows and mappings is on later pages.
 */
const FILES = badFiles().filter(
  ({ code, mapping }) =>
    mapping === undefined && Object.hasOwn(FILE_WORDS, code) && !asksHeaderRow(code),
)

describe('a file that cannot be used', () => {
  const { origin, databaseUrl } = inject('portal')
  const owner = openPool(databaseUrl)
  let cookie = ''
  beforeAll(async () => {
    cookie = await sessionOf({ owner, origin }, ACCOUNTS.provider)
  })
  afterAll(() => owner.end())

  /** Uploads it as the page does, and reads the page that it leads to. */
  async function upload(bytes: Uint8Array): Promise<{ path: string; words: string }> {
    const sent = await ask(origin, `${PLACE}/file`, {
      method: 'POST',
      ...uploadForm(origin, cookie, bytes),
    })
    const { path } = JSON.parse(sent.body) as { path: string }
    const page = await ask(origin, path, { headers: { cookie } })
    return { path, words: textOf(page.body) }
  }

  async function detailOf(path: string): Promise<Record<string, string | number>> {
    const { rows } = await owner.query<{ refusal: { detail: Record<string, string | number> } }>(
      `select refusal from journey join submission on submission.id = submission_id where reference = $1`,
      [new URL(path, origin).searchParams.get('problem')],
    )
    return rows[0]?.refusal.detail ?? {}
  }

  test.each(FILES)('$what: its page says why, and how to fix it', async ({ bytes, code }) => {
    const { path, words } = await upload(bytes)
    const { title, fix } =
      bytes.length === 0 ? wordsOf('upload-missing') : wordsOf(code, await detailOf(path))
    expect(path).toContain(`${PLACE}/upload?problem=`)
    expect(words).toContain('There is a problem')
    expect(words).toContain(title)
    expect(words).toContain(fix)
  })

  test('whose headings are not plain is asked about, with the rows in question masked', async () => {
    const people = 'C1,Amara,01/06/2019\nC2,Ben,02/07/2020\nC3,Cara,13/08/2018\n'
    const lines = `${people}Client ID,First name,Date of birth\n${people}`
    const { path, words } = await upload(Buffer.from(lines))
    expect(path).toMatch(/\/files\/[^/]+\/read$/)
    expect(words).toContain('it may be row 4')
    expect(words).toContain('Row 1 C• A•••• 0•/••/••••')
    expect(words).toContain('Row 4 Client ID First name Date of birth')
    expect(words).toContain('Row of the headings')
    expect(words).not.toContain('Amara')
  })

  test('is over before the browser sends 300 MB', async () => {
    const { status, body } = await ask(origin, `${PLACE}/upload`, { headers: { cookie } })
    expect([status, textOf(body)]).toEqual([200, expect.stringContaining('up to 200 MB')])
  })
})

/** What a page says to who reads it. */
function textOf(html: string): string {
  return html
    .replace(/<script[^]*?<\/script>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
}
