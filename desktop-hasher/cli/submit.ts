import { openAsBlob } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { addresses, withQuery } from '#core/addresses/portal-addresses.ts'
import { FAULT, USAGE } from './console.ts'
import type { HashedNames } from './output-files.ts'
import { stopped } from './stopped.ts'

/**
 * Sends a hashed package to the portal and waits for what became of it. Nothing else is ever sent:
 * the three files that were just written, and the token to the address that was given.
 */

/** Where a package goes, and with what. */
export interface SubmitRequest {
  /** The portal's own address, `https://count-once.example.gov.uk`. */
  readonly portal: URL
  readonly service: string
  readonly quarter: string
  readonly replace: string | undefined
  readonly token: string
}

/** What the portal answers of a file that was sent. */
const ANSWER = z.object({
  reference: z.string(),
  stage: z.enum(['checking', 'waiting-for-a-person', 'accepted', 'refused', 'withdrawn']),
  counts: z.record(z.string(), z.number()).nullable(),
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.string(),
      field: z.string(),
      words: z.string(),
      rows: z.number(),
      firstRows: z.array(z.number()),
    }),
  ),
  next: z.object({ words: z.string(), link: z.string() }).nullable(),
})

/** Why the portal does not take what was sent. Source: RFC 9457. */
const PROBLEM = z.object({
  ...{ code: z.string(), title: z.string(), detail: z.string() },
  /** The submission that the quarter has already. */
  standing: z.string().exactOptional(),
})

export type SentAnswer = z.infer<typeof ANSWER>

/** What became of a package. */
export type Submitted =
  | { readonly ok: true; readonly answer: SentAnswer }
  | { readonly ok: false; readonly problem: z.infer<typeof PROBLEM> }

/** How long is waited between tries, in milliseconds; a test waits less. */
export interface Patience {
  /** After a try that did not get through; as many tries as there are lines, and one more. */
  readonly retries: readonly number[]
  /** Between two questions after a file that is being checked. */
  readonly between: number
  /** In all, for the check. */
  readonly most: number
}

const PATIENCE: Patience = {
  retries: [2_000, 5_000, 15_000, 60_000, 180_000],
  between: 5_000,
  most: 3_600_000,
}

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** Reads the portal's address; throws Stopped for what no token may be sent to. */
export function readPortal(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.includes(url.hostname))
  const isBare =
    url?.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === ''
  if (url === undefined || !isSafe || !isBare) throw stopped('submit-address', USAGE)
  return url
}

/**
 * Sends the package and waits until it is settled. The same bytes are one submission, so that a try
 * whose answer was lost is made again. Throws Stopped `submit-unreachable` when the portal cannot be
 * reached, and `submit-unsettled` when it is still checking after an hour.
 */
export async function submitPackage(
  request: SubmitRequest,
  files: readonly HashedNames[],
  patience: Patience = PATIENCE,
): Promise<Submitted> {
  const { service, quarter, replace } = request
  const address = withQuery(addresses.sentFile(service, quarter), { replace })
  let told = await ask(request, address, patience, async () => ({
    method: 'PUT',
    body: await formOf(files),
  }))
  const begun = Date.now()
  while (told.ok && told.answer.stage === 'checking') {
    if (Date.now() - begun > patience.most) throw stopped('submit-unsettled', FAULT)
    await wait(patience.between)
    const state = addresses.sentState(service, quarter, told.answer.reference)
    told = await ask(request, state, patience, () => Promise.resolve({ method: 'GET' }))
  }
  return told
}

/** One request, made again while nothing gets through. No redirect is followed with the token. */
async function ask(
  { portal, token }: SubmitRequest,
  address: string,
  { retries }: Patience,
  make: () => Promise<RequestInit>,
): Promise<Submitted> {
  for (let tried = 0; ; tried += 1) {
    const answer = await tryOnce(new URL(address, portal), token, await make())
    if (answer !== undefined) return answer
    const pause = retries[tried]
    if (pause === undefined) throw stopped('submit-unreachable', FAULT)
    await wait(pause)
  }
}

/** Undefined when nobody answered, or somebody who is not able to at the moment. */
async function tryOnce(url: URL, token: string, init: RequestInit): Promise<Submitted | undefined> {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
  try {
    const response = await fetch(url, { ...init, headers, redirect: 'error' })
    const json: unknown = await response.json()
    if (response.status >= 500) return undefined
    return response.ok
      ? { ok: true, answer: ANSWER.parse(json) }
      : { ok: false, problem: PROBLEM.parse(json) }
  } catch {
    return undefined
  }
}

/** The files as parts of a form, read from the disk as they are sent; their names are not told. */
async function formOf(files: readonly HashedNames[]): Promise<FormData> {
  const form = new FormData()
  for (const { csv, manifest, hmac } of files) {
    for (const path of [csv, manifest, hmac]) form.append('file', await openAsBlob(path), 'file')
  }
  return form
}
