import type { FileCode } from '#core/messages/reading/file-refusals.ts'
import { readBytes } from './byte-chunks.ts'
import { FileRefused } from './table.ts'
import type { ByteSource } from './table.ts'

/**
 * What a file is by its first bytes; its name is never asked.
 */

/** Beginnings that tell a kind of file, and the code each is refused with. */
const MAGIC: readonly { readonly bytes: string; readonly code: FileCode }[] = [
  { bytes: '255044462d', code: 'kind-pdf' },
  { bytes: '4d5a', code: 'kind-program' },
  { bytes: '7f454c46', code: 'kind-program' },
  { bytes: 'cffaedfe', code: 'kind-program' },
  { bytes: 'cafebabe', code: 'kind-program' },
  { bytes: '2321', code: 'kind-program' },
  { bytes: '89504e47', code: 'kind-image' },
  { bytes: 'ffd8ff', code: 'kind-image' },
  { bytes: '47494638', code: 'kind-image' },
  { bytes: '49492a00', code: 'kind-image' },
  { bytes: '4d4d002a', code: 'kind-image' },
  { bytes: '1f8b', code: 'kind-zip' },
  { bytes: '504b0506', code: 'kind-zip' },
  { bytes: '526172211a07', code: 'kind-zip' },
  { bytes: '377abcaf271c', code: 'kind-zip' },
  { bytes: '7b5c727466', code: 'kind-document' },
  { bytes: '53514c69746520666f726d617420', code: 'binary-content' },
  { bytes: '50415231', code: 'binary-content' },
  { bytes: '4c0000000114020000000000c0000000', code: 'kind-shortcut' },
]

const ZIP = '504b0304'
const OLE = 'd0cf11e0a1b11ae1'
/** `MZ` may begin a heading; a program has NULs soon after it. */
const ALSO_TEXT = '4d5a'

/**
 * `zip` may be a workbook, `text` a CSV file. Throws FileRefused: `file-empty`, or the kind that
 * the file is.
 */
export async function fileKind(source: ByteSource): Promise<'zip' | 'text'> {
  const top = await readBytes(source, 0, Math.min(source.size, 1024))
  if (top.length === 0) throw new FileRefused('file-empty')
  const hex = hexOf(top.subarray(0, 16))
  if (hex.startsWith(ZIP)) return 'zip'
  if (hex.startsWith(OLE)) throw new FileRefused(await oleKind(source))
  for (const { bytes, code } of MAGIC) {
    if (hex.startsWith(bytes) && (bytes !== ALSO_TEXT || top.includes(0)))
      throw new FileRefused(code)
  }
  return 'text'
}

/** Which of Office's older containers this is, by the names in its directory ([MS-CFB] 2.6). */
async function oleKind(source: ByteSource): Promise<FileCode> {
  const header = await readBytes(source, 0, 512)
  if (header.length < 512) return 'kind-document'
  const view = new DataView(header.buffer, header.byteOffset, 512)
  const sector = view.getUint16(30, true) === 12 ? 4096 : 512
  const directory = await readBytes(source, (view.getUint32(48, true) + 1) * sector, 4096)
  const names = new TextDecoder('utf-16le').decode(directory)
  if (names.includes('EncryptedPackage')) return 'kind-encrypted'
  if (names.includes('Workbook') || names.includes('Book\0')) return 'kind-xls'
  return 'kind-document'
}

function hexOf(bytes: Uint8Array): string {
  let hex = ''
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0')
  return hex
}
