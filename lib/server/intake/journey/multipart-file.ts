import { on } from 'node:events'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import busboy, { type Busboy } from 'busboy'

/**
 * The files of a form as they come: multipart/form-data (RFC 7578) read piece by piece, so that no
 * file is ever whole in memory. The names that the browser gives them are not read: file names may
 * hold people's names.
 */

/** A form that broke off before its end, or is none. */
export class FormBroken extends Error {
  constructor(options?: ErrorOptions) {
    super('the form is not whole', options)
    this.name = 'FormBroken'
  }
}

/** A body in which no file has begun by then is no form of ours. */
const FIRST_FILE_WITHIN = 64 * 1024

type FileEvents = AsyncIterable<[field: string, file: Readable]>

/**
 * The files called `field`, one after another, each as its bytes: what is not read of one is passed
 * over when the next is asked for. Undefined when the content type is not that of a form with
 * files. Throws FormBroken when the form ends before it is complete: then nothing that was yielded
 * may be kept. No more of the body is read than was asked for, and it is never closed.
 */
export function readFormFiles(
  body: AsyncIterable<Uint8Array>,
  contentType: string | null,
  field: string,
): AsyncGenerator<AsyncIterable<Uint8Array>> | undefined {
  const parser = openParser(contentType)
  return parser && filesOf(parser, body, field)
}

function openParser(contentType: string | null): Busboy | undefined {
  if (contentType?.toLowerCase().startsWith('multipart/form-data') !== true) return undefined
  try {
    return busboy({ headers: { 'content-type': contentType } })
  } catch {
    return undefined
  }
}

async function* filesOf(
  parser: Busboy,
  body: AsyncIterable<Uint8Array>,
  field: string,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  let hasBegun = false
  parser.once('file', () => (hasBegun = true))
  const files = on(parser, 'file', { close: ['close'] }) as FileEvents
  // Whatever breaks it is told to whoever asks for a file or its bytes; nobody may be asking just
  // now.
  parser.on('error', () => undefined)
  pipeline(
    piecesOf(body, () => hasBegun),
    parser,
  ).catch(() => undefined)
  try {
    for await (const [name, file] of files) {
      file.on('error', () => undefined)
      if (name === field) yield bytesOf(file)
      file.resume()
    }
  } catch (cause) {
    throw new FormBroken({ cause })
  } finally {
    parser.destroy()
  }
}

/**
 * The pieces of the body, for as long as it may be a form; whoever stops reading leaves the rest to
 * be read.
 */
async function* piecesOf(
  body: AsyncIterable<Uint8Array>,
  hasBegun: () => boolean,
): AsyncGenerator<Uint8Array> {
  const pieces = body[Symbol.asyncIterator]()
  let read = 0
  for (;;) {
    const piece = await pieces.next()
    if (piece.done === true) return
    read += piece.value.length
    yield piece.value
    if (read > FIRST_FILE_WITHIN && !hasBegun()) throw new FormBroken()
  }
}

/**
 * Whoever is done with a file ends its reading; the rest of it stays, to be passed over. What was taken is
 * wiped.
 */
async function* bytesOf(file: Readable): AsyncGenerator<Uint8Array> {
  const pieces: AsyncIterable<Uint8Array> = file.iterator({ destroyOnReturn: false })
  try {
    for await (const piece of pieces) {
      try {
        yield piece
      } finally {
        piece.fill(0)
      }
    }
  } catch (cause) {
    throw new FormBroken({ cause })
  }
}
