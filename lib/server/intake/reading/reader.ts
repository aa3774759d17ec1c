import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { Socket } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { serialize } from 'node:v8'
import { Fault, systemCode } from '#server/platform/faults/fault.ts'
import { FRAME, FrameCutter, frameHead, WINDOW } from './frames.ts'
import type { ReaderLimits } from './launch-process.ts'
import type { OpenSource } from './open-source.ts'
import { ReadingEar, type Heard } from './reading-ear.ts'
import type { Piped, ReadingTask } from './reading-task.ts'
import { watchMemory } from './watch-memory.ts'

const MB = 1024 * 1024
/** What may wait to be taken, in bytes; the process waits when there is more. */
const MOST_WAITING = 16 * MB
/** What a message weighs beside its bytes, so that many small ones weigh something too. */
const WEIGHT = 1024
/** Parts of a file that may have been asked for and not been given yet. */
const MOST_WANTED = 16
/** The last words of a process that are looked at, in letters. */
const LAST_WORDS = 8_000

/** How an engine ends itself that has no more memory, and what it says then. */
const ABORTED: readonly unknown[] = ['SIGABRT', 'SIGTRAP', 'SIGILL']
const OUT_OF_MEMORY = /out of memory/i

const living = new Set<Reader>()
process.on('exit', () => {
  for (const reader of living) reader.kill()
})

/**
 * A reading process, and what comes of it in the order it came. Nothing that it sends is believed,
 * and it is killed at the first thing that it could not have sent by itself.
 */
export class Reader {
  readonly #child: ChildProcessWithoutNullStreams
  readonly #limits: ReaderLimits
  readonly #waiting: { readonly heard: Heard; readonly weight: number }[] = []
  readonly #ended: Promise<void>
  #weight = 0
  #sources: readonly OpenSource[] = []
  #ear: ReadingEar | undefined
  #serving: Promise<void> = Promise.resolve()
  #wanted = 0
  #memory = 0
  #rowsRead = 0
  #lastWords = ''
  #isKilled = false
  #isOver = false
  #unwatch: () => void = () => undefined
  #onHeard: () => void = () => undefined
  #onTaken: () => void = () => undefined

  constructor(child: ChildProcessWithoutNullStreams, limits: ReaderLimits) {
    this.#child = child
    this.#limits = limits
    living.add(this)
    // What cannot be written any more is told by the end of the process.
    child.stdin.on('error', () => undefined)
    child.stderr.on('data', (words: Buffer) => {
      this.#lastWords = (this.#lastWords + words.toString('latin1')).slice(-LAST_WORDS)
    })
    this.#ended = Promise.all([this.#hear(), this.#exit()]).then(() => {
      this.#isOver = true
      this.#onHeard()
    })
  }

  /** Whether it lives and is bounded so. */
  canRead(limits: ReaderLimits): boolean {
    return !this.#isKilled && living.has(this) && isDeepStrictEqual(this.#limits, limits)
  }

  /** Has it begin with a task, whose files are read for it. */
  begin(task: ReadingTask, sources: readonly OpenSource[]): void {
    this.#sources = sources
    this.#ear = new ReadingEar(task)
    this.#memory = 0
    const { pid } = this.#child
    if (pid !== undefined) {
      this.#unwatch = watchMemory(
        pid,
        this.#limits.wholeMb * MB,
        () => this.#memory,
        () => void this.end('thread-out-of-memory'),
      )
    }
    const told = serialize(pipedTask(task, sources))
    // It may hold what somebody typed.
    void this.#write(FRAME.task, told).then(() => told.fill(0))
  }

  /** Once it has said the last of its task, and has all that it asked for. */
  async finish(): Promise<void> {
    await this.#serving
    this.#unwatch()
    this.#sources = []
    this.#ear = undefined
  }

  /** The most rows that a file had which it read, as far as it told. */
  rowsRead(): number {
    return this.#rowsRead
  }

  /** While it is held, whoever started it goes on. */
  hold(): void {
    this.#child.ref()
    for (const stream of this.#streams()) stream.ref()
  }

  release(): void {
    this.#child.unref()
    for (const stream of this.#streams()) stream.unref()
  }

  /** Ends it at once, whatever it does; whoever follows it is told why. */
  async end(code?: 'thread-out-of-memory' | 'thread-out-of-time'): Promise<void> {
    if (code !== undefined) this.#giveUp({ type: 'ended', code })
    this.kill()
    await this.#ended
  }

  kill(): void {
    this.#isKilled = true
    this.#unwatch()
    this.#child.kill('SIGKILL')
    this.#onTaken()
  }

  async *messages(): AsyncGenerator<Heard> {
    for (;;) {
      const next = this.#waiting.shift()
      if (next !== undefined) {
        this.#weight -= next.weight
        this.#onTaken()
        yield next.heard
        continue
      }
      if (this.#isOver) return
      await new Promise<void>((resolve) => (this.#onHeard = resolve))
    }
  }

  #streams(): Socket[] {
    const { stdin, stdout, stderr } = this.#child
    return [stdin, stdout, stderr].filter((stream) => stream instanceof Socket)
  }

  /** Hears it to its end; at what it could not have said, that is now. */
  async #hear(): Promise<void> {
    const cutter = new FrameCutter()
    try {
      for await (const chunk of this.#child.stdout as AsyncIterable<Buffer>) {
        for (const { kind, body } of cutter.cut(chunk)) {
          this.#take(kind, body)
          while (this.#weight > MOST_WAITING && !this.#isKilled)
            await new Promise<void>((resolve) => (this.#onTaken = resolve))
        }
        if (this.#isKilled) break
      }
    } catch {
      // What the error says may quote what was sent.
      if (!this.#isKilled) this.#fail(new Fault('reading-failed', { at: 'what the process sent' }))
    }
  }

  #take(kind: number, body: Uint8Array<ArrayBuffer>): void {
    if (this.#ear === undefined) throw new RangeError('nothing was asked')
    if (kind === FRAME.wanted) {
      this.#serve(body)
      return
    }
    const heard = this.#ear.hear(kind, body)
    if (heard === undefined) return
    if (heard.type === 'progress') this.#rowsRead = Math.max(this.#rowsRead, heard.rows)
    this.#put(heard, body.length)
  }

  /** Reads a part of a file for it, one after the other. */
  #serve(body: Uint8Array<ArrayBuffer>): void {
    const wanted = new DataView(body.buffer)
    const source = this.#sources[wanted.getUint32(0)]
    const [length, offset] = [wanted.getUint32(4), wanted.getFloat64(8)]
    this.#memory = wanted.getFloat64(16)
    this.#wanted += 1
    const isOfFile =
      source !== undefined &&
      Number.isSafeInteger(offset) &&
      offset >= 0 &&
      length <= WINDOW &&
      offset + length <= source.size
    if (!isOfFile || this.#wanted > MOST_WANTED) throw new RangeError('no part of its file')
    this.#serving = this.#serving.then(async () => {
      try {
        await this.#write(FRAME.bytes, await source.read(offset, length))
        this.#wanted -= 1
      } catch (error) {
        this.#fail(
          error instanceof Fault ? error : new Fault('reading-failed', { at: systemCode(error) }),
        )
      }
    })
  }

  /** Resolves once the process has it, or will never have it. */
  #write(kind: number, body: Uint8Array): Promise<void> {
    const { stdin } = this.#child
    stdin.write(frameHead(kind, body.length))
    return new Promise((resolve) => {
      stdin.write(body, () => {
        resolve()
      })
    })
  }

  #exit(): Promise<void> {
    return new Promise((resolve) => {
      this.#child.once('error', (error) => {
        living.delete(this)
        this.#fail(new Fault('reading-failed', { at: systemCode(error) }))
        resolve()
      })
      this.#child.once('close', (_, signal) => {
        living.delete(this)
        this.#unwatch()
        if (!this.#isKilled) this.#tellEnd(signal)
        resolve()
      })
    })
  }

  /** Why it ended by itself, where that is told by how it did. */
  #tellEnd(signal: NodeJS.Signals | null): void {
    if (ABORTED.includes(signal) || OUT_OF_MEMORY.test(this.#lastWords))
      this.#put({ type: 'ended', code: 'thread-out-of-memory' })
    else if (signal === 'SIGXCPU') this.#put({ type: 'ended', code: 'thread-out-of-time' })
  }

  #fail(fault: Fault): void {
    this.#giveUp({ type: 'fault', fault })
    this.kill()
  }

  /** Nothing else is of use that waits to be taken. */
  #giveUp(heard: Heard): void {
    if (this.#isKilled) return
    this.#waiting.length = 0
    this.#weight = 0
    this.#put(heard)
  }

  #put(heard: Heard, bytes = 0): void {
    const weight = bytes + WEIGHT
    this.#waiting.push({ heard, weight })
    this.#weight += weight
    this.#onHeard()
  }
}

/** A task without what opens its files: the process gets their bytes, and nothing to get others. */
function pipedTask(task: ReadingTask, sources: readonly OpenSource[]): Piped<ReadingTask> {
  const piped = sources.map(({ name, size }, index) => ({
    ...{ kind: 'piped' as const, index, name, size },
  }))
  if (task.want === 'typed') return task
  const [source = NO_SOURCE] = piped
  return 'source' in task
    ? { ...task, source }
    : {
        ...task,
        parts: task.parts.map((part, index) => ({ ...part, source: piped[index] ?? source })),
      }
}

const NO_SOURCE = { kind: 'piped', index: 0, name: '', size: 0 } as const
