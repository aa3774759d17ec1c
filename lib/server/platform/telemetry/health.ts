import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** Where a load balancer asks how a process is: whether to end it, and whether to send it requests. */
const QUESTIONS = { '/health/live': 'live', '/health/ready': 'ready' } as const

/** Whether a process takes work, or why not; nothing else is told to whoever asks. */
export type Readiness = 'ready' | 'starting' | 'stopping' | 'database'

/** How a process is. */
export interface Health {
  /** It has started. */
  started(): void
  /** It was told to stop: it ends what it has, and takes nothing new. */
  stopping(): void
  readonly isStopping: () => boolean
  readiness(): Promise<Readiness>
}

/** However often it is asked, the database is looked at once in so many milliseconds. */
const LOOKS_APART = 1_000
/** A database that takes longer does not answer, in milliseconds. */
const PATIENCE = 2_000

/** The health of a process that has not started yet; `look` asks its database for anything. */
export function openHealth(
  look: () => Promise<unknown>,
  { now = Date.now, patience = PATIENCE }: { now?: () => number; patience?: number } = {},
): Health {
  let state: 'starting' | 'started' | 'stopping' = 'starting'
  let looked: { readonly at: number; readonly answers: Promise<boolean> } | undefined
  const answers = (): Promise<boolean> => {
    if (looked === undefined || now() - looked.at >= LOOKS_APART) {
      looked = { at: now(), answers: answersSoon(look, patience) }
    }
    return looked.answers
  }
  return {
    started() {
      if (state === 'starting') state = 'started'
    },
    stopping() {
      state = 'stopping'
    },
    isStopping: () => state === 'stopping',
    async readiness() {
      if (state === 'started' && !(await answers())) return 'database'
      // It may have been told to stop meanwhile.
      return state === 'started' ? 'ready' : state
    },
  }
}

async function answersSoon(look: () => Promise<unknown>, patience: number): Promise<boolean> {
  const over = new AbortController()
  const tooLong = pause(patience, false, { ref: false, signal: over.signal }).catch(() => false)
  const answer = look().then(
    () => true,
    () => false,
  )
  const isThere = await Promise.race([answer, tooLong])
  over.abort()
  return isThere
}

/** Answers what is asked about the health of a process; false where something else is asked. */
export function answerHealth(
  { method, url = '' }: Pick<IncomingMessage, 'method' | 'url'>,
  response: ServerResponse,
  health: Health,
): boolean {
  const asked = QUESTIONS[url as keyof typeof QUESTIONS] as 'live' | 'ready' | undefined
  if (asked === undefined || (method !== 'GET' && method !== 'HEAD')) return false
  const say = (status: 200 | 503, word: string): void => {
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
    })
    response.end(`${JSON.stringify({ status: word })}\n`)
  }
  if (asked === 'live') say(200, 'live')
  else {
    void health.readiness().then((readiness) => {
      say(readiness === 'ready' ? 200 : 503, readiness)
    })
  }
  return true
}
