import type { ServiceCodes } from '#core/pseudonym/message-batch.ts'
import type { Fault } from '#server/platform/faults/fault.ts'
import { AnswerForm } from './answer-form.ts'
import { FRAME } from './frames.ts'
import { readMessages } from './messages-form.ts'
import type { ReadingMessage, ReadingTask } from './reading-task.ts'
import { RecordsForm } from './records-form.ts'

/** What is heard of a reading process: what it says, or why nothing more comes. */
export type Heard =
  | ReadingMessage
  /** It was ended: it took more than a file may. */
  | { readonly type: 'ended'; readonly code: 'thread-out-of-memory' | 'thread-out-of-time' }
  /** Something failed under us. */
  | { readonly type: 'fault'; readonly fault: Fault }

const GIVES_RECORDS: readonly ReadingTask['want'][] = ['records', 'hashed-records']
const GIVES_PIECES: readonly ReadingTask['want'][] = ['samples', 'report', 'corrected', 'cells']

/**
 * Hears one task out: what is said of it, in the order in which it can be said. Throws RangeError at
 * anything else.
 */
export class ReadingEar {
  /** Whose references were typed, where what was typed is wanted. */
  readonly #typedCodes: ServiceCodes | undefined
  readonly #answers: AnswerForm
  readonly #records: RecordsForm
  readonly #givesRecords: boolean
  readonly #givesPieces: boolean
  #isOpened = false
  #isOver = false

  constructor(task: ReadingTask) {
    const { want } = task
    this.#typedCodes = task.want === 'typed' ? task.codes : undefined
    this.#answers = new AnswerForm(want)
    this.#records = new RecordsForm(task)
    this.#givesRecords = GIVES_RECORDS.includes(want)
    this.#givesPieces = GIVES_PIECES.includes(want)
  }

  /** What a frame says; undefined where it is a part of what is said later. */
  hear(kind: number, body: Uint8Array<ArrayBuffer>): ReadingMessage | undefined {
    demand(!this.#isOver)
    switch (kind) {
      case FRAME.said:
        return this.#heard(this.#answers.read(body))
      case FRAME.rowList:
        this.#answers.addList(body)
        return undefined
      case FRAME.records:
        demand(this.#givesRecords && this.#isOpened)
        return this.#records.read(body)
      case FRAME.piece:
        demand(this.#givesPieces)
        return { type: 'report', bytes: body }
      case FRAME.messages:
        demand(this.#typedCodes !== undefined)
        this.#answers.addMessages(readMessages(body, this.#typedCodes))
        return undefined
      default:
        throw new RangeError('nothing of this kind is said of a task')
    }
  }

  #heard(message: ReadingMessage): ReadingMessage {
    if (message.type === 'opened') {
      demand(!this.#isOpened)
      this.#isOpened = true
    } else if (message.type !== 'progress') this.#isOver = true
    return message
  }
}

function demand(holds: boolean): asserts holds {
  if (!holds) throw new RangeError('this cannot be said now')
}
