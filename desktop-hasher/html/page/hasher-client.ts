import type {
  CallName,
  Epoch,
  HasherCalls,
  PageMessage,
  WorkerMessage,
} from '../worker/protocol.ts'

/** Where the pieces of a hashed file go. */
export interface PieceWriter {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  restart(): Promise<void>
}

/** What is told while a call is under way. */
export interface CallWatch {
  readonly progress?: (rows: number, reading: number) => void
  readonly writers?: Readonly<Record<Epoch, PieceWriter>>
}

/** The worker failed, and everything it held is gone. `at` is the place in this program. */
export class WorkerFailed extends Error {
  readonly at: string
  constructor(at: string) {
    super('the worker failed')
    this.name = 'WorkerFailed'
    this.at = at
  }
}

/** The worker as the page calls it: one call at a time. */
export interface HasherClient {
  call<Name extends CallName>(
    name: Name,
    argument: Parameters<HasherCalls[Name]>[0],
    watch?: CallWatch,
  ): ReturnType<HasherCalls[Name]>
  /** Asks the call that is under way to stop; it then answers that it was stopped. */
  cancel(): void
}

/** Starts the worker from the page's own source. */
export function startHasher(source: string): HasherClient {
  const worker = new Worker(trustedAddress(source))
  let watch: CallWatch = {}
  let settle: { resolve(answer: never): void; reject(error: unknown): void } | undefined
  const post = (message: PageMessage): void => {
    worker.postMessage(message)
  }
  const fail = (error: unknown): void => {
    settle?.reject(error)
    settle = undefined
  }
  const write = (of: Epoch, work: Promise<void> | undefined): void => {
    // What cannot be written stops the work; the worker is told to stop and its answer no longer
    // counts.
    work?.then(
      () => {
        post({ type: 'taken', of })
      },
      (error: unknown) => {
        post({ type: 'cancel' })
        post({ type: 'taken', of })
        fail(error)
      },
    )
  }
  worker.addEventListener('message', ({ data }) => {
    const message = data as WorkerMessage
    switch (message.type) {
      case 'answer':
        settle?.resolve(message.answer as never)
        settle = undefined
        break
      case 'progress':
        watch.progress?.(message.rows, message.reading)
        break
      case 'write':
        write(message.of, watch.writers?.[message.of].write(message.bytes))
        break
      case 'restart':
        watch.writers?.[message.of].restart().catch(fail)
        break
      case 'failed':
        fail(new WorkerFailed(message.at))
        break
    }
  })
  worker.addEventListener('error', (event) => {
    fail(new WorkerFailed(`${event.lineno}:${event.colno}`))
  })
  return {
    call(name, argument, watching = {}) {
      if (settle !== undefined) throw new Error('one call at a time')
      watch = watching
      return new Promise((resolve, reject) => {
        settle = { resolve, reject }
        post({ type: 'call', call: name, argument })
      }) as ReturnType<HasherCalls[typeof name]>
    },
    cancel() {
      post({ type: 'cancel' })
    },
  }
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(text: string): string },
  ): { createScriptURL(text: string): string }
}

/** The address of the worker's source: the only one that the page's policy lets run. */
function trustedAddress(source: string): string {
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes }
  return (
    trustedTypes
      ?.createPolicy('countonce-worker', { createScriptURL: (text) => text })
      .createScriptURL(address) ?? address
  )
}
