import type { Platform } from './runtimes.ts'

/**
 * A program without the signature of whoever built its Node: once something is put into it, the
 * signature is broken, which looks worse to a machine than none. Of a Mac's program only Apple's
 * own tool can take it off: it is signed anew there. Source: Microsoft, "PE Format": optional
 * header, data directories, attribute certificate table.
 */
export function withoutSignature(program: Buffer, platform: Platform): Buffer {
  if (platform !== 'windows-x64') return program
  const header = program.readUInt32LE(0x3c)
  const optional = header + 24
  if (
    program.toString('latin1', header, header + 4) !== 'PE\0\0' ||
    program.readUInt16LE(optional) !== PE32_PLUS
  )
    throw new Error('not a program for Windows x64')
  const entry = optional + DIRECTORIES + CERTIFICATES * DIRECTORY_BYTES
  const at = program.readUInt32LE(entry)
  const size = program.readUInt32LE(entry + 4)
  const unsigned = Buffer.from(
    at > 0 && at + size === program.length ? program.subarray(0, at) : program,
  )
  unsigned.writeUInt32LE(0, entry)
  unsigned.writeUInt32LE(0, entry + 4)
  return unsigned
}

const PE32_PLUS = 0x20b
/**
 * Bytes of the optional header before its data directories, and the place of the certificate table
 * among them.
 */
const DIRECTORIES = 112
const CERTIFICATES = 4
const DIRECTORY_BYTES = 8
