import { createHash } from 'node:crypto'
import { momentWords } from '#core/standard/london-time.ts'
import { PAGE_POLICY } from '#server/figures/publishing/page-policy.ts'
import { writePublishedJson } from '#server/figures/publishing/published-json.ts'
import {
  writeNothing,
  writePublishedList,
  writePublishedPage,
  writeWithdrawn,
} from '#server/figures/publishing/published-page.ts'
import {
  listPublished,
  readPublished,
  type PublishedView,
} from '#server/figures/publishing/published-releases.ts'
import { writeReleaseWorkbook } from '#server/figures/publishing/published-workbook.ts'
import { readReleaseCsv } from '#server/figures/releases/release-csv.ts'
import { readReleaseRows } from '#server/figures/releases/release-rows.ts'
import { readSignedFile } from '#server/figures/releases/signed-file.ts'
import type { Database } from '#server/platform/db/database.ts'
import { readVerifierFile } from './verifier-file.ts'

/**
 * What anybody is answered without signing in: published releases and their files, which caches may
 * keep. Nothing here reads a cookie or a session, and refusals are no entries of the audit trail:
 * strangers would fill it.
 */

/** Where published releases are, and the clock that ends embargoes. */
export interface PublishedSource {
  /** Signed in as who reads releases, and nothing about a person. */
  readonly releases: Database
  readonly now: Date
  /** What the browser has kept: its If-None-Match. */
  readonly kept: string | null
}

/** Answers with the list of releases. */
export async function answerPublishedList(source: PublishedSource): Promise<Response> {
  const list = await listPublished(source.releases, source.now)
  return answer(source, { type: HTML, body: writePublishedList(list) })
}

/** Answers with the page of a release. */
export async function answerPublishedPage(
  source: PublishedSource,
  reference: string,
): Promise<Response> {
  return answerOf(source, reference, (view) =>
    Promise.resolve({ type: HTML, body: writePublishedPage(view) }),
  )
}

/** Answers with a file of a release, by its name. */
export async function answerPublishedFile(
  source: PublishedSource,
  reference: string,
  name: string,
): Promise<Response> {
  const write = name.startsWith(`${reference}.`)
    ? FILES.get(name.slice(reference.length + 1))
    : undefined
  return answerOf(source, reference, async (view) => {
    const body = await write?.(source.releases, view)
    return body === undefined ? undefined : { ...body, name }
  })
}

/** Answers with the page that checks signed figures, as it was built into a folder. */
export async function answerPublishedVerifier(
  source: PublishedSource,
  folder: string,
): Promise<Response> {
  const file = await readVerifierFile(folder)
  if (file === undefined) return nothing(source)
  return answer(source, { type: HTML, body: file.html, name: file.name })
}

interface Written {
  readonly type: string
  readonly body: string | Uint8Array<ArrayBuffer>
  /** Of a file that is kept rather than shown. */
  readonly name?: string
}

const HTML = 'text/html; charset=utf-8'
const JSON_TYPE = 'application/json'

type WriteFile = (reader: Database, view: PublishedView) => Promise<Written | undefined>

/** The files of a release by how their names end. */
const FILES: ReadonlyMap<string, WriteFile> = new Map(
  Object.entries<WriteFile>({
    csv: async (reader, { release }) => ({
      type: 'text/csv; charset=utf-8',
      body: await readReleaseCsv(reader, release),
    }),
    xlsx: async (reader, view) => ({
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      body: new Uint8Array(
        writeReleaseWorkbook(
          {
            ...view,
            standing: `published ${momentWords(view.release.publication.visibleFrom)}`,
          },
          await readReleaseRows(reader, view.release, view.names),
        ),
      ),
    }),
    json: async (reader, view) => ({
      type: JSON_TYPE,
      body: writePublishedJson(view, await readReleaseRows(reader, view.release, view.names)),
    }),
    'signed.json': async (reader, { release }) => {
      const body = await readSignedFile(reader, release)
      return body === undefined ? undefined : { type: JSON_TYPE, body }
    },
  }),
)

async function answerOf(
  source: PublishedSource,
  reference: string,
  write: (view: PublishedView) => Promise<Written | undefined>,
): Promise<Response> {
  const view = await readPublished(source.releases, reference, source.now)
  if (view === 'withdrawn') {
    const { programme } = await listPublished(source.releases, source.now)
    const body = writeWithdrawn(programme.name, reference)
    return answer(source, { type: HTML, body }, 410)
  }
  const written = view === undefined ? undefined : await write(view)
  return written === undefined ? nothing(source) : answer(source, written)
}

/** One answer for what never was, what is not published and what is under embargo; no cache keeps it. */
async function nothing({ releases }: PublishedSource): Promise<Response> {
  // At a moment before all others nothing is known of but the programme.
  const { programme } = await listPublished(releases, new Date(0))
  return new Response(writeNothing(programme.name), {
    status: 404,
    headers: { ...HEADERS, 'content-type': HTML, 'cache-control': 'no-store' },
  })
}

function answer({ kept }: PublishedSource, { type, body, name }: Written, status = 200): Response {
  const digest = createHash('sha256').update(body).digest('base64url')
  // Weak, since what is sent may be compressed.
  const etag = `W/"${digest}"`
  const headers = { ...HEADERS, etag, 'cache-control': CACHED }
  const isKept = (kept ?? '').split(',').some((one) => one.trim() === etag)
  if (isKept && status === 200) return new Response(null, { status: 304, headers })
  return new Response(body, {
    status,
    headers: {
      ...headers,
      'content-type': type,
      ...(name === undefined ? {} : { 'content-disposition': `attachment; filename="${name}"` }),
    },
  })
}

/** Five minutes: so long may a cache show what was withdrawn. */
const CACHED = 'public, max-age=300, must-revalidate'

const HEADERS = {
  'content-security-policy': PAGE_POLICY,
  'x-content-type-options': 'nosniff',
} as const
