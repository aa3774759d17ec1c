'use client'

import type { Change } from '#core/grid/grid-rows.ts'
import type { FormState } from '../../../../guards/form-state.ts'
import type { ChangeState } from './change-state.ts'

/** A change on its way, with what its cells said when it was made. */
export interface PendingChange {
  readonly change: Change
  /** Texts by `row:column`. */
  readonly before: ReadonlyMap<string, string>
}

/** How saving goes. */
export type Saving =
  | { readonly is: 'idle' | 'saving' | 'waiting' }
  | { readonly is: 'refused'; readonly title: string; readonly fix: string }

/** What the queue of changes needs of its page. */
export interface QueueHost {
  readonly version: () => number
  /** Sends a change; throws where no answer of the portal came. */
  readonly send: (change: Change, version: number) => Promise<ChangeState>
  /** Has the rows anew after another tab changed them; false where no answer came. */
  readonly renew: () => Promise<boolean>
  /** What a cell says now; undefined where the page has not seen it. */
  readonly textOf: (row: number, column: number) => string | undefined
  readonly done: (state: ChangeState, pending: PendingChange) => void
  readonly told: (saving: Saving) => void
}

/** Waits between tries, in milliseconds: the connection may be gone for a while. */
const WAITS = [1_000, 2_000, 5_000, 10_000, 30_000]

/**
 * Sends changes one after another, each from the version that the one before it made. What could not
 * be sent is kept and tried again; what another tab changed meanwhile is never written over: such a
 * change is given up and told.
 */
export class ChangeQueue {
  readonly #host: QueueHost
  #pending: PendingChange[] = []
  #isRunning = false
  #wake: (() => void) | undefined

  constructor(host: QueueHost) {
    this.#host = host
  }

  /** Changes that are not saved yet. */
  get pending(): readonly PendingChange[] {
    return this.#pending
  }

  add(pending: PendingChange): void {
    this.#pending.push(pending)
    if (!this.#isRunning) void this.#run()
  }

  /** Tries at once what waits to be tried again. */
  retry(): void {
    this.#wake?.()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    let tries = 0
    for (let next = this.#pending[0]; next !== undefined; next = this.#pending[0]) {
      if (tries === 0) this.#host.told({ is: 'saving' })
      const isDone = await this.#sendOne(next)
      if (isDone) {
        tries = 0
        continue
      }
      this.#host.told({ is: 'waiting' })
      await this.#wait(WAITS[Math.min(tries, WAITS.length - 1)] ?? 0)
      tries += 1
    }
    this.#isRunning = false
  }

  /** Whether a change is saved or given up; false where it is to be tried again. */
  async #sendOne(next: PendingChange): Promise<boolean> {
    const state = await this.#host.send(next.change, this.#host.version()).catch(() => undefined)
    if (state === undefined) return false
    if (state.isStale === true) {
      if (!(await this.#host.renew())) return false
      // Saved, but its answer was lost; or its cells are as they were, and it is sent again.
      if (this.#isThere(next)) this.#settle({ is: 'idle' })
      else if (!this.#isUntouched(next)) this.#settle(conflict())
      return true
    }
    this.#settle(savingOf(state))
    this.#host.done(state, next)
    return true
  }

  #settle(saving: Saving): void {
    this.#pending = this.#pending.slice(1)
    if (saving.is === 'refused' || this.#pending.length === 0) this.#host.told(saving)
  }

  #isThere({ change }: PendingChange): boolean {
    if (change.kind !== 'set') return false
    return change.cells.every(({ row, column, text }) => this.#host.textOf(row, column) === text)
  }

  #isUntouched({ change, before }: PendingChange): boolean {
    // What undoes or replaces is about all cells: it is not done to what somebody has not seen.
    if (change.kind !== 'set') return false
    return change.cells.every(({ row, column }) => {
      const now = this.#host.textOf(row, column)
      return now === undefined || now === before.get(`${String(row)}:${String(column)}`)
    })
  }

  #wait(time: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, time)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

function conflict(): Saving {
  return {
    is: 'refused',
    title: 'These cells were changed in another tab meanwhile, so your last change was not made.',
    fix: 'You see the cells as they are now. Make the change again if it is still right.',
  }
}

function savingOf({ errors }: FormState): Saving {
  const [error] = errors
  return error === undefined
    ? { is: 'idle' }
    : { is: 'refused', title: error.message, fix: error.hint ?? '' }
}
