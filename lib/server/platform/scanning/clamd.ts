/**
 * A client of ClamAV's daemon, clamd: files are streamed to it and named clean or not; nothing is written for it to read.
 * Commands end with NUL, and so do answers; a file is pieces with their length before them (4 bytes, network order), and a
 * length of 0 at the end. Source: clamd(8), INSTREAM and PING.
 */
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '#server/platform/faults/fault.ts'

/** Where clamd listens. */
export type ScannerPlace =
  | { readonly path: string }
  | { readonly host: string; readonly port: number }

/** What a scanner says of a file: it looks at no more than its own limits let it. */
export type ScanVerdict = 'clean' | 'infected' | 'too-large'

/** The name of the setting that says where clamd listens. */
const SCANNER_SETTING = 'COUNTONCE_CLAMD'

/**
 * Where clamd listens, as the setting says it: `host:port`, or the absolute path of a socket; undefined
 * where there is no scanner. Throws `scanner-setting` for anything else.
 */
export function readScannerPlace(
  env: Readonly<Record<string, string | undefined>>,
): ScannerPlace | undefined {
  const given = env[SCANNER_SETTING] ?? ''
  if (given === '') return undefined
  if (given.startsWith('/')) return { path: given }
  const [, host = '', port = ''] = /^([^\s/]+):([1-9][0-9]{0,4})$/.exec(given) ?? []
  if (host === '' || Number(port) > 65_535) {
    throw new Fault('scanner-setting', { setting: SCANNER_SETTING })
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

/** How long it may take to answer the call, in milliseconds. */
const CALLING = 5_000
/** How long it may be silent: it gives up a file after two minutes itself, unless it is told otherwise. */
const SILENT = 5 * 60_000
/**
 * What is said at a time: a scanner that has heard enough answers and hangs up, and its answer must be
 * heard before more is said to it.
 */
const PIECE = 64 * 1024
/** No answer is longer; it names one signature. */
const LONGEST_ANSWER = 4_096

/** Whether a scanner is there and answers. */
export async function answersScanner(place: ScannerPlace): Promise<boolean> {
  return converse(place, (line) => line.say(Buffer.from('zPING\0'))).then(
    (answer) => answer === 'PONG',
    () => false,
  )
}

/**
 * How long the scanner is listened to before a piece that it may not want is said, in milliseconds, a try each: what is said to
 * one that has just answered and hung up makes the answer be lost, and it is asked again, more slowly.
 */
const LISTENING = [0, 20, 200]
/** What may have been said, and be on its way, after it hung up, in bytes. */
const ON_THE_WAY = 8 * 1024 * 1024

/**
 * Has a file scanned as it is read. It is opened again where the scanner hung up in the middle without an answer that was
 * heard. Throws `scanner-away` when no scanner says what it is; what its source throws comes out as it is.
 */
export async function scanBytes(
  place: ScannerPlace,
  open: () => Promise<AsyncIterable<Uint8Array>>,
): Promise<ScanVerdict> {
  let listenFrom = 0
  for (const listening of LISTENING) {
    const bytes = await open()
    const told = { bytes: 0, whole: false }
    const answer = await converse(place, (line) =>
      tell(line, bytes, { told, listening, listenFrom }),
    )
    if (answer !== undefined) return verdictOf(answer)
    if (told.bytes === 0 || told.whole) break
    listenFrom = Math.max(0, told.bytes - ON_THE_WAY)
  }
  throw new Fault('scanner-away')
}

/** Says a file, and how much of it was said; stops where the scanner has heard enough, or is gone. */
async function tell(
  line: Line,
  bytes: AsyncIterable<Uint8Array>,
  { told, listening, listenFrom }: Telling,
): Promise<void> {
  await line.say(Buffer.from('zINSTREAM\0'))
  for await (const bytesHeld of bytes) {
    for (let at = 0; at < bytesHeld.length; at += PIECE) {
      const piece = bytesHeld.subarray(at, at + PIECE)
      // Its length is what a scanner refuses.
      await line.say(lengthOf(piece.length))
      if (listening > 0 && told.bytes >= listenFrom) await line.listen(listening)
      if (line.isOver()) return
      await line.say(piece)
      told.bytes += piece.length
    }
  }
  await line.say(lengthOf(0))
  told.whole = !line.isOver()
}

interface Telling {
  readonly told: { bytes: number; whole: boolean }
  readonly listening: number
  readonly listenFrom: number
}

function verdictOf(answer: string): ScanVerdict {
  if (answer === 'stream: OK') return 'clean'
  if (/^INSTREAM size limit exceeded/.test(answer)) return 'too-large'
  // What it says of a file that it looked at in part, where it is set to say so.
  if (/^stream: Heuristics[.]Limits[.]Exceeded/.test(answer)) return 'too-large'
  if (answer.startsWith('stream: ') && answer.endsWith(' FOUND')) return 'infected'
  throw new Fault('scanner-away')
}

/** A connection on which something is said. */
interface Line {
  /** Resolves when there is room for more, or nobody listens any more. */
  say(piece: Uint8Array): Promise<void>
  /** Resolves when an answer came, none will, or so many milliseconds are over. */
  listen(milliseconds: number): Promise<void>
  /** Whether an answer came, or none will. */
  isOver(): boolean
}

/** Calls, says what is to be said, and waits for the answer, which ends the call; undefined where none came whole. */
async function converse(
  place: ScannerPlace,
  speak: (line: Line) => Promise<void>,
): Promise<string | undefined> {
  const socket = connect(place)
  let answer = ''
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve()
    })
  })
  socket.on('error', () => undefined)
  socket.on('data', (piece: Buffer) => {
    answer = (answer + piece.toString('latin1')).slice(0, LONGEST_ANSWER)
  })
  socket.setTimeout(CALLING, () => socket.destroy())
  socket.once('connect', () => socket.setTimeout(SILENT))
  try {
    await speak({
      say: (piece) => write(socket, closed, piece),
      listen: async (milliseconds) => {
        if (answer !== '') return
        const heard = new AbortController()
        socket.once('data', () => {
          heard.abort()
        })
        await Promise.race([pause(milliseconds, undefined, heard).catch(() => undefined), closed])
        heard.abort()
      },
      isOver: () => answer !== '' || socket.destroyed,
    })
    await (answer === '' ? closed : undefined)
  } finally {
    socket.destroy()
  }
  return answer.endsWith('\0') ? answer.slice(0, -1) : undefined
}

/** What was said is on its way before more is: meanwhile an answer is heard. */
async function write(socket: Socket, closed: Promise<void>, piece: Uint8Array): Promise<void> {
  if (socket.destroyed) return
  const sent = new Promise<void>((resolve) => {
    socket.write(piece, () => {
      resolve()
    })
  })
  await Promise.race([sent, closed])
}

function lengthOf(bytes: number): Uint8Array {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes)
  return length
}
