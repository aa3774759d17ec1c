import { checkToken, type ServingToken } from '#server/programme/tokens/check-token.ts'
import type { Code } from '#core/messages/words-of.ts'
import { wordsOf } from '#core/messages/words-of.ts'
import { openRequest, type RequestContext } from './request-context.ts'

/**
 * Requests of programs: a token in a header, and no cookie, session or form. What
 * a browser would send along by itself opens nothing here.
 */

const STATUS: Readonly<Partial<Record<Code, number>>> = {
  'token-missing': 401,
  'token-unknown': 401,
  'token-revoked': 401,
  'token-ended': 401,
  'token-agreement': 403,
  'token-other-service': 403,
  'too-many-refused': 429,
  'upload-quota': 429,
  'file-too-large': 413,
  'clear-not-taken': 415,
  'replace-needed': 409,
  'draft-stands': 409,
  'file-waits': 503,
}

/** Headers of every answer to a program. */
export const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
}

/** The token of a request, or the answer that turns it away. */
export async function requireToken(
  request: Request,
  service: string,
): Promise<
  | { readonly ok: true; readonly token: ServingToken; readonly context: RequestContext }
  | { readonly ok: false; readonly answer: Response }
> {
  const context = await openRequest()
  const checked = await checkToken(context.accounts, {
    authorization: request.headers.get('authorization'),
    service,
    address: context.address,
  })
  return checked.ok
    ? { ok: true, token: checked.token, context }
    : { ok: false, answer: answerProblem(checked.code) }
}

/** A problem as JSON, with its words and how to fix it. Source: RFC 9457. */
export function answerProblem(
  code: Code | 'not-found',
  detail: Readonly<Record<string, string | number>> = {},
  more: Readonly<Record<string, unknown>> = {},
): Response {
  const status = code === 'not-found' ? 404 : (STATUS[code] ?? 422)
  const { title, fix } =
    code === 'not-found'
      ? { title: 'There is no such submission.', fix: 'Check the address.' }
      : wordsOf(code, detail)
  return new Response(JSON.stringify({ title, status, detail: fix, code, ...detail, ...more }), {
    status,
    headers: {
      ...HEADERS,
      'content-type': 'application/problem+json',
      ...(status === 401 ? { 'www-authenticate': 'Bearer realm="Count Once"' } : {}),
      ...(status === 429 ? { 'retry-after': '3600' } : {}),
      ...(status === 503 ? { 'retry-after': '60' } : {}),
    },
  })
}

/** An answer as JSON. */
export function answerJson(
  status: number,
  answer: object,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify(answer), {
    status,
    headers: { ...HEADERS, 'content-type': 'application/json', ...headers },
  })
}
