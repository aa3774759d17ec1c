import { z } from 'zod'

/**
 * A release as one file that an outsider can check alone: its text, the key that signed it, and the
 * signature (Ed25519, RFC 8032, over the text in UTF-8). docs/releases.md says how to check it.
 */
export interface SignedRelease {
  readonly text: string
  /** The public key, 32 bytes in base64url: 43 letters. */
  readonly key: string
  /** 64 bytes in base64url: 86 letters. */
  readonly signature: string
}

const stored = z.strictObject({
  format: z.literal('countonce-signed-release-1'),
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  text: z.string().startsWith('countonce-release-'),
})

/** The file: a JSON document. */
export function writeSignedRelease({ text, key, signature }: SignedRelease): string {
  const document: z.infer<typeof stored> = {
    format: 'countonce-signed-release-1',
    ...{ key, signature, text },
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** Reads the file; undefined for anything else. Whether the signature is right is not looked at. */
export function readSignedRelease(file: string): SignedRelease | undefined {
  const parsed = stored.safeParse(parse(file))
  if (!parsed.success) return undefined
  const { text, key, signature } = parsed.data
  return { text, key, signature }
}

/** What the text of a release says of itself, by name, and how many figures it holds. */
export interface ToldRelease {
  readonly facts: ReadonlyMap<string, readonly string[]>
  readonly cells: number
  /** All of it, for its figures: told-figures.ts. */
  readonly text: string
}

/** Reads what the text of a release says; facts of several lines (service, coverage) are left out. */
export function readToldRelease(text: string): ToldRelease {
  const lines = text.split('\n').map((line) => line.split('\t'))
  const several = new Set(['service', 'coverage', 'cell', ''])
  const facts = lines.slice(1).filter(([name = '']) => !several.has(name))
  return {
    facts: new Map(facts.map(([name = '', ...values]) => [name, values])),
    cells: lines.filter(([name]) => name === 'cell').length,
    text,
  }
}

/** What checking the file of a signed release came to. */
export interface CheckedFile {
  /**
   * `not-signed`: no file of a signed release; `changed`: the signature is not of this text;
   * `other-key`: it is, by another key than the one that was noted.
   */
  readonly outcome: 'genuine' | 'changed' | 'other-key' | 'not-signed'
  /** The key that the file names, to be compared with the one that the programme publishes. */
  readonly key?: string
  readonly told?: ToldRelease
}

/** Whether a signature is of these bytes by this key (Ed25519); key and signature in base64url. */
export type VerifySignature = (
  signed: Pick<SignedRelease, 'key' | 'signature'>,
  bytes: Uint8Array<ArrayBuffer>,
) => boolean | Promise<boolean>

/**
 * Checks the file of a signed release, as anybody can who has it; with the key that they noted, that
 * it is the one which signed. Without it a file that somebody else signed is genuine too.
 */
export async function checkSignedFile(
  file: string,
  noted: string | undefined,
  verify: VerifySignature,
): Promise<CheckedFile> {
  const signed = readSignedRelease(file)
  if (signed === undefined) return { outcome: 'not-signed' }
  const { key, text } = signed
  const isOfText = await verify(signed, new TextEncoder().encode(text))
  const isNoted = noted === undefined || noted === key
  return {
    outcome: !isOfText ? 'changed' : isNoted ? 'genuine' : 'other-key',
    key,
    told: readToldRelease(text),
  }
}

function parse(file: string): unknown {
  try {
    return JSON.parse(file)
  } catch {
    return undefined
  }
}
