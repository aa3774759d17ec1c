import type pg from 'pg'
import { planCookies } from '#server/identity/sessions/cookie-names.ts'
import { startSession } from '#server/identity/sessions/session.ts'

/** The cookie header of somebody who is signed in: signing in itself is tested elsewhere. */
export async function sessionOf(
  visit: { readonly owner: pg.Pool; readonly origin: string },
  email: string,
): Promise<string> {
  const client = await visit.owner.connect()
  try {
    const { rows } = await client.query<{ id: string }>(
      'select id from portal_user where email = $1',
      [email],
    )
    const ticket = await startSession(client, rows[0]?.id ?? '', new Date())
    return `${planCookies(visit.origin).session.name}=${ticket}`
  } finally {
    client.release()
  }
}

/** The body of the upload page's form with a file in it, and the headers that go with it. */
export function uploadForm(
  origin: string,
  cookie: string,
  bytes: Uint8Array,
): { readonly headers: Record<string, string>; readonly body: Uint8Array } {
  const head =
    '--once\r\ncontent-disposition: form-data; name="file"; filename="clients.csv"\r\ncontent-type: text/csv\r\n\r\n'
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--once--\r\n')])
  return {
    headers: {
      origin,
      cookie,
      accept: 'application/json',
      'content-type': 'multipart/form-data; boundary=once',
      'content-length': String(body.length),
    },
    body,
  }
}
