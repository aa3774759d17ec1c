/**
 * How a backup lies in a file:
 *   "countonce-backup-1" 00, 32 bytes that the secret was agreed with (X25519), 32 bytes that only the right key comes to,
 *   then what encryptFile makes of the frames.
 * A frame is a letter, its length in 4 bytes, and so many bytes:
 *   m  the manifest, JSON: once, first
 *   r  rows of a table as COPY writes them in text, in pieces; e ends a table. Tables come in the order of the manifest.
 *   a  a file of the anchors of the audit trail: its name, 00, its bytes
 *   s  the signature (Ed25519) over the SHA-256 of every frame before it: once, last
 */
import { z } from 'zod'
import { Fault } from '#server/platform/faults/fault.ts'
import { LANGUAGE_NAME } from './kept-settings.ts'

export const MAGIC = Buffer.from('countonce-backup-1\0', 'latin1')
/** What the agreed secret is for: to seal, and to tell the right key. */
export const SEALING = 'countonce backup 1'
export const CHECKING = 'countonce backup 1 check'

const name = z.string().regex(/^[a-z0-9_]+$/)
const number = z.string().regex(/^-?[0-9]+$/)

/** What a backup says of itself. */
export const manifestForm = z.strictObject({
  format: z.literal('countonce-backup-1'),
  madeAt: z.iso.datetime(),
  programme: z.string(),
  /** The migrations that made its tables, in order. */
  migrations: z.array(z.strictObject({ name: z.string(), checksum: z.string() })),
  tables: z.array(z.strictObject({ name, columns: z.array(name), rows: number, digest: number })),
  sequences: z.array(z.strictObject({ name, last: number.nullable() })),
  /** Settings of the environment; a backup of an earlier version has none. */
  settings: z.record(z.string().regex(/^[A-Z_]+$/), z.string()).optional(),
  languages: z
    .array(z.strictObject({ name: z.string().regex(LANGUAGE_NAME), text: z.string() }))
    .optional(),
})

/** What a backup says of itself. */
export type Manifest = z.infer<typeof manifestForm>

/** What a frame is. */
export type FrameKind = 'm' | 'r' | 'e' | 'a' | 's'

const HEAD = 5
/** The longest frame, in bytes: what is longer was not written here. */
const LONGEST = 64 * 1024 * 1024

/** The bytes of a frame. */
export function writeFrame(kind: FrameKind, bytes: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD)
  head.write(kind, 'latin1')
  head.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([head, bytes])
}

/** A frame, and all its bytes as they stand in the file. */
export interface Frame {
  readonly kind: string
  readonly bytes: Buffer
  readonly whole: Buffer
}

/** The frames of a stream of bytes. Throws `backup-damaged` where it ends within one. */
export async function* readFrames(
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Frame, void, undefined> {
  let held: Buffer = Buffer.alloc(0)
  for await (const piece of source) {
    held = held.length === 0 ? piece : Buffer.concat([held, piece])
    for (;;) {
      if (held.length < HEAD) break
      const length = held.readUInt32BE(1)
      if (length > LONGEST) throw new Fault('backup-damaged')
      if (held.length < HEAD + length) break
      const whole = held.subarray(0, HEAD + length)
      held = held.subarray(HEAD + length)
      yield { kind: whole.toString('latin1', 0, 1), bytes: whole.subarray(HEAD), whole }
    }
  }
  if (held.length > 0) throw new Fault('backup-damaged')
}
