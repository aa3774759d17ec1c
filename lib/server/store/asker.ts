import type { Refusal } from '#server/platform/faults/fault.ts'

/**
 * What is asked of whoever may read files. Who asks is told by their session, but for the first two,
 * which answer with nothing that a file says.
 */
export type AskKind =
  | 'profile'
  | 'hashed'
  | 'samples'
  | 'grid'
  | 'grid-row'
  | 'change-cells'
  | 'correct-row'
  | 'offers'
  | 'corrected-file'
  | 'findings-file'
  | 'find-person'
  | 'access-letter'
  | LookUpAskKind

/** What is asked by and about look-ups. */
export type LookUpAskKind =
  | 'look-up-start'
  | 'look-up'
  | 'look-up-answer'
  | 'look-up-source'
  | 'look-up-guidance'
  | 'look-up-said'
  | 'look-ups-of-person'

/** What is asked for, as it travels. */
export type Given = Readonly<Record<string, unknown>>

/** What is asked of whoever may read files, in the name of one person or program. */
export interface Asker {
  /**
   * Answers what was asked, as plain data. Refused as waiting when no worker took it up or came to
   * its end in time: what goes on goes on. Throws the Fault of whoever answers. What is passed on goes
   * to a reading process as it is.
   */
  ask<Answer>(
    kind: AskKind,
    given: Given,
    passedOn?: Given,
  ): Promise<Answer | Refusal<'file-waits'>>
}

/** A file as an answer: its name, its type, and its bytes. */
export interface AnsweredFile {
  readonly ok: true
  readonly name: string
  readonly type?: string
  readonly bytes: ReadableStream<Uint8Array>
}
