import { FileRefused } from '#core/tabular/table.ts'
import type { PageMessage, WorkerMessage } from './protocol.ts'
import { Session } from './session.ts'

/** What a worker has of its surroundings. */
export interface WorkerPort {
  postMessage(message: WorkerMessage, transfer: ArrayBuffer[]): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
}

/** Answers the page's calls, one after another, until the page closes. */
export function serveHasher(port: WorkerPort): void {
  const post = (message: WorkerMessage, transfer: ArrayBuffer[] = []): void => {
    port.postMessage(message, transfer)
  }
  const session = new Session(post)
  port.addEventListener('message', ({ data }) => {
    const message = data as PageMessage
    switch (message.type) {
      case 'cancel':
        session.cancel()
        break
      case 'taken':
        session.taken(message.of)
        break
      case 'call':
        session.run(message.call, message.argument as never).then(
          (answer) => {
            post({ type: 'answer', answer })
          },
          (error: unknown) => {
            post(asMessage(error))
          },
        )
        break
    }
  })
}

/**
 * A failure as it may be told: a code, or the line of this program; never the words, which may
 * quote a cell.
 */
function asMessage(error: unknown): WorkerMessage {
  if (error instanceof FileRefused) {
    const { code, detail } = error
    return { type: 'answer', answer: { ok: false, code, detail } as { ok: false } }
  }
  const frames = error instanceof Error ? (error.stack ?? '').split('\n') : []
  const at = frames.find((line) => /:[0-9]+:[0-9]+/.test(line)) ?? ''
  return { type: 'failed', at: /:([0-9]+:[0-9]+)/.exec(at)?.[1] ?? '' }
}
