import type { Code } from '#core/messages/words-of.ts'
import type pg from 'pg'
import type { Database } from '#server/platform/db/database.ts'
import { run } from '#server/platform/db/run.ts'
import type { JobKind } from '#server/platform/queue/queues.ts'

/**
 * `waiting` to be taken, or to be tried again; `refused` is for whoever sent the file to fix,
 * `failed` for whoever runs the portal.
 */
export type JobStage = 'waiting' | 'reading' | 'linking' | 'done' | 'refused' | 'failed'

/** What may be told of a refusal: numbers, and the letters of columns. */
export type ToldDetail = Readonly<Record<string, string | number>>

/** What of a refusal is text of ours: the letters of columns, and the name of an encoding. */
const OWN_TEXTS: Readonly<Record<string, RegExp>> = {
  column: /^[A-Z]{1,3}$/,
  first: /^[A-Z]{1,3}$/,
  second: /^[A-Z]{1,3}$/,
  encoding: /^[a-z0-9-]{1,20}$/,
}

/**
 * Numbers and what is text of ours. A heading or a sheet's name may be a row of data by mistake,
 * and is the provider's own: it is told while the file is looked at, and not kept.
 */
export function mayBeTold(detail: Readonly<Record<string, string | number>>): ToldDetail {
  return Object.fromEntries(
    Object.entries(detail).filter(
      ([key, value]) => typeof value === 'number' || OWN_TEXTS[key]?.test(value) === true,
    ),
  )
}

/** The work on a submission, as its pages tell it. */
export interface JobStanding {
  readonly kind: JobKind
  readonly stage: JobStage
  /** Rows read, then records linked. */
  readonly done: number
  /** How many there are; null where that is not known. */
  readonly of: number | null
  readonly attempts: number
  /** Why it was refused, or what the last try failed of. */
  readonly code: Code | null
  readonly detail: ToldDetail
  /** What a person quotes of a failure. */
  readonly reference: string | null
  /**
   * Whether nobody was heard of it for half a minute although it was begun: its worker is gone, or
   * hangs.
   */
  readonly isStalled: boolean
}

/** How far the job of a submission is. */
export interface JobProgress extends JobStanding {
  readonly sentAt: Date
  readonly begunAt: Date | null
  readonly endedAt: Date | null
}

/** Silence after which a job has stalled, in seconds; workers are heard of every five. */
export const STALLED_AFTER = 30

/**
 * Reads how far the last job of a submission is; undefined when none was ever sent. What is told of it
 * beside the submission's state comes with that, as both stood in one moment (`Journey.job`).
 */
export async function readProgress(
  on: Database | pg.ClientBase,
  submissionId: string,
): Promise<JobProgress | undefined> {
  const [progress] = await run(on, 'jobs/read-progress', [submissionId, STALLED_AFTER])
  if (progress === undefined) return undefined
  const { code, detail, ...rest } = progress
  // What we wrote ourselves.
  return { ...rest, code: code as Code | null, detail: detail as ToldDetail }
}

/** How a try of a job ended. */
export interface JobEnd {
  readonly stage: 'waiting' | 'done' | 'refused' | 'failed'
  readonly code?: Code
  readonly detail?: ToldDetail
  readonly reference?: string
}

/**
 * How often a worker is heard of at least, and how often its progress is written at most, in
 * milliseconds.
 */
const HEARTBEAT = 5_000
const BETWEEN = 500

/**
 * Writes how far a try of a job is while a worker is at it. Progress is for the eye: when it cannot be
 * written, the work goes on. Once another job was sent for the submission, or begun, it writes nothing
 * any more: a check that ends when the next already waits must not say that all is done.
 */
export class ProgressWriter {
  readonly #database: Database
  readonly #submissionId: string
  /** Which try this is; undefined where it is told nowhere. */
  readonly #begun: string | undefined
  readonly #timer: NodeJS.Timeout
  #stage: 'reading' | 'linking' = 'reading'
  #done = 0
  #total: number | null = null
  #lastWritten = 0
  #writing: Promise<void> = Promise.resolve()

  private constructor(database: Database, submissionId: string, begun: string | undefined) {
    this.#database = database
    this.#submissionId = submissionId
    this.#begun = begun
    this.#timer = setInterval(() => {
      this.#write()
    }, HEARTBEAT)
    this.#timer.unref()
  }

  /** Marks a job as begun; from here on it is heard of until it is ended. */
  static async begin(
    database: Database,
    submissionId: string,
    kind: JobKind,
  ): Promise<ProgressWriter> {
    const [row] = await run(database, 'jobs/begin', [submissionId, kind])
    return new ProgressWriter(database, submissionId, row?.begun)
  }

  /** `done` of `total` rows or records. */
  advance(stage: 'reading' | 'linking', done: number, total: number | null): void {
    const isNews = stage !== this.#stage
    this.#stage = stage
    this.#done = done
    this.#total = total
    if (isNews || Date.now() - this.#lastWritten >= BETWEEN) this.#write()
  }

  /** Ends the try. Throws when that cannot be written: the job must then be tried again. */
  async end({ stage, code, detail, reference }: JobEnd): Promise<void> {
    await this.stop()
    if (this.#begun === undefined) return
    await run(this.#database, 'jobs/end', [
      this.#submissionId,
      this.#begun,
      stage,
      code ?? null,
      JSON.stringify(detail ?? {}),
      reference ?? null,
    ])
  }

  /** Is heard of no more. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#writing
  }

  #write(): void {
    const begun = this.#begun
    if (begun === undefined) return
    this.#lastWritten = Date.now()
    this.#writing = this.#writing.then(async () => {
      await run(this.#database, 'jobs/advance', [
        this.#submissionId,
        begun,
        this.#stage,
        this.#done,
        this.#total,
      ]).catch(() => undefined)
    })
  }
}
