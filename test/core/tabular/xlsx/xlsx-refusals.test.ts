import { strToU8, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { crc32 } from '#core/tabular/zip/crc32.ts'
import { FileRefused } from '#core/tabular/table.ts'
import { readZipDirectory, unpackingLimits } from '#core/tabular/zip/zip-directory.ts'
import type { ZipEntry } from '#core/tabular/zip/zip-directory.ts'
import { unpackEntry } from '#core/tabular/zip/zip-unpack.ts'
import { bytesSource, latin1, utf16 } from '../byte-sources.ts'
import { readWhole, refusalOf } from '../reading.ts'
import {
  relationships,
  sheetXml,
  workbookParts,
  writeWorkbook,
} from '../workbook/workbook-writer.ts'
import { bombOf, withDirectoryField, zipOf } from '../zip/zip-forging.ts'

const ROWS = [
  ['Client', 'Name'],
  ['C1', 'Ann'],
]
const PLAIN = writeWorkbook({ sheets: [{ name: 'Data', rows: ROWS }] })

/** A workbook with some parts replaced or added. */
function withParts(parts: Readonly<Record<string, string>>): Uint8Array {
  return writeWorkbook({ sheets: [{ name: 'Data', rows: ROWS }], parts })
}

describe('[S24] refusing what is no plain workbook, by content', () => {
  const types = workbookParts({ sheets: [{ name: 'Data' }] })['[Content_Types].xml'] ?? ''
  const rels = workbookParts({ sheets: [{ name: 'Data' }] })['xl/_rels/workbook.xml.rels'] ?? ''

  it.each([
    [
      'a macro workbook by its content type',
      withParts({
        '[Content_Types].xml': types.replace(
          'openxmlformats-officedocument.spreadsheetml.sheet.main',
          'ms-excel.sheet.macroEnabled.main',
        ),
      }),
      'kind-macros',
    ],
    ['a macro workbook by its macros', withParts({ 'xl/vbaProject.bin': 'x' }), 'kind-macros'],
    ['a binary workbook', withParts({ 'xl/workbook.bin': 'x' }), 'kind-xlsb'],
    [
      'a workbook with links to other files',
      withParts({ 'xl/externalLinks/externalLink1.xml': '<externalLink/>' }),
      'kind-external-links',
    ],
    [
      'a workbook with links to other files by relationship',
      withParts({
        'xl/_rels/workbook.xml.rels': rels.replace(
          '</Rel',
          '<Relationship Id="e" Type="a/externalLink" Target="e.xml"/></Rel',
        ),
      }),
      'kind-external-links',
    ],
    ['a text document', withParts({ 'word/document.xml': '<document/>' }), 'kind-document'],
    ['a packed folder', zipSync({ 'clients.csv': strToU8('a,b\n1,2\n') }), 'kind-zip'],
    [
      'a document type declaration',
      withParts({
        'xl/worksheets/sheet1.xml': `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>${sheetXml('')}`,
      }),
      'xlsx-dtd',
    ],
    [
      'an entity of its own',
      withParts({ 'xl/worksheets/sheet1.xml': sheetXml('<row><c t="str"><v>&lol;</v></c></row>') }),
      'xlsx-dtd',
    ],
    [
      'a cut-off part',
      withParts({ 'xl/worksheets/sheet1.xml': sheetXml('').slice(0, -5) }),
      'xlsx-damaged',
    ],
    [
      'tags that do not match',
      withParts({ 'xl/worksheets/sheet1.xml': sheetXml('<row></c>') }),
      'xlsx-damaged',
    ],
    [
      'a shared string that is not there',
      withParts({ 'xl/worksheets/sheet1.xml': sheetXml('<row><c t="s"><v>5</v></c></row>') }),
      'xlsx-damaged',
    ],
    [
      'rows out of order',
      withParts({ 'xl/worksheets/sheet1.xml': sheetXml('<row r="2"/><row r="1"/>') }),
      'xlsx-damaged',
    ],
    [
      'two cells in one place',
      withParts({ 'xl/worksheets/sheet1.xml': sheetXml('<row><c r="A1"/><c r="A1"/></row>') }),
      'xlsx-damaged',
    ],
    ['a workbook without data', writeWorkbook({ sheets: [{ name: 'Data', rows: [] }] }), 'no-rows'],
    [
      'a header without rows',
      writeWorkbook({ sheets: [{ name: 'Data', rows: [['Client', 'Name']] }] }),
      'no-rows',
    ],
    [
      'only hidden data',
      writeWorkbook({
        sheets: [
          { name: 'Cover', rows: [] },
          { name: 'Data', state: 'hidden', rows: ROWS },
        ],
      }),
      'sheets-hidden',
    ],
  ])('refuses %s', async (_, bytes, code) => {
    expect((await refusalOf(bytesSource(bytes))).code).toBe(code)
  })

  it.each(['1', '2'])(
    'refuses a workbook of two sheets whose sheet %s lies elsewhere',
    async (which) => {
      const sheets = ['Data', 'More'].map((name) => ({ name, rows: ROWS }))
      const inside = workbookParts({ sheets })['xl/_rels/workbook.xml.rels'] ?? ''
      const name = 'xl/_rels/workbook.xml.rels'
      const target = `Target="worksheets/sheet${which}.xml"`
      expect(inside).toContain(target)
      const elsewhere = inside.replace(target, `TargetMode="External" ${target}`)
      const bytes = writeWorkbook({ sheets, parts: { [name]: elsewhere } })
      expect((await refusalOf(bytesSource(bytes))).code).toBe('xlsx-damaged')
    },
  )

  it('accepts links in cells, which Excel makes of every email address', async () => {
    const links = relationships([['rId1', 'hyperlink', 'mailto:someone']]).replace(
      'Target=',
      'TargetMode="External" Target=',
    )
    const bytes = withParts({ 'xl/worksheets/_rels/sheet1.xml.rels': links })
    await expect(refusalOf(bytesSource(bytes))).rejects.toThrow('the file was read')
  })

  it.each([
    ['Workbook', 'kind-xls'],
    ['EncryptedPackage', 'kind-encrypted'],
    ['WordDocument', 'kind-document'],
  ])('refuses an older container that holds %s', async (name, code) => {
    const bytes = new Uint8Array(2048)
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
    new DataView(bytes.buffer).setUint16(30, 9, true)
    new DataView(bytes.buffer).setUint32(48, 1, true)
    bytes.set(utf16(name, true, false), 1024 + 128)
    expect((await refusalOf(bytesSource(bytes, Infinity, 'clients.xlsx'))).code).toBe(code)
  })
})

describe('[S23] a ZIP file that lies', () => {
  const part = 'xl/worksheets/sheet1.xml'

  it.each([
    [
      'that a part unpacks to less than it does',
      withDirectoryField(PLAIN, part, 24, 10, 4),
      'xlsx-unpacks-too-large',
    ],
    [
      'that a part unpacks to more than it does',
      withDirectoryField(PLAIN, part, 24, 9999, 4),
      'xlsx-damaged',
    ],
    ['about a checksum', withDirectoryField(PLAIN, part, 16, 1, 4), 'xlsx-damaged'],
    ['about where a part begins', withDirectoryField(PLAIN, part, 42, 3, 4), 'xlsx-damaged'],
    ['that two parts share their bytes', withDirectoryField(PLAIN, part, 42, 0, 4), 'xlsx-damaged'],
    ['that a part is not packed', withDirectoryField(PLAIN, part, 10, 0, 2), 'xlsx-damaged'],
    [
      'and unpacks to more than a hundred times its size',
      withDirectoryField(PLAIN, part, 24, 2_000_000, 4),
      'xlsx-unpacks-too-large',
    ],
    ['and is encrypted', withDirectoryField(PLAIN, part, 8, 1, 2), 'kind-encrypted'],
    ['and has no directory', PLAIN.slice(0, -30), 'xlsx-damaged'],
  ])('is refused when it says %s', async (_, bytes, code) => {
    expect((await refusalOf(bytesSource(bytes))).code).toBe(code)
  })

  it('is read when it says the truth in the records for large files', async () => {
    const end = PLAIN.length - 22
    const bytes = new Uint8Array(PLAIN.length + 76)
    bytes.set(PLAIN.subarray(0, end))
    bytes.set(PLAIN.subarray(end), end + 76)
    const view = new DataView(bytes.buffer)
    view.setUint32(end, 0x06064b50, true)
    const short = end + 76
    view.setBigUint64(end + 32, BigInt(view.getUint16(short + 10, true)), true)
    view.setBigUint64(end + 40, BigInt(view.getUint32(short + 12, true)), true)
    view.setBigUint64(end + 48, BigInt(view.getUint32(short + 16, true)), true)
    view.setUint32(end + 56, 0x07064b50, true)
    view.setBigUint64(end + 64, BigInt(end), true)
    view.setUint16(short + 10, 0xffff, true)
    view.setUint32(short + 16, 0xffffffff, true)
    expect((await readWhole(bytesSource(bytes))).rows).toEqual([['C1', 'Ann']])
    view.setBigUint64(end + 48, 2n ** 60n, true)
    expect((await refusalOf(bytesSource(bytes))).code).toBe('xlsx-damaged')
  })

  it('is refused when it has two parts of one name', async () => {
    const bytes = zipSync({
      ...Object.fromEntries(
        Object.entries(workbookParts({ sheets: [{ name: 'Data', rows: ROWS }] })).map(
          ([name, xml]) => [name, strToU8(xml)],
        ),
      ),
      'XL/workbook.xml': strToU8('<x/>'),
    })
    expect((await refusalOf(bytesSource(bytes))).code).toBe('xlsx-damaged')
  })

  it('is refused when any byte of it is changed, or reads the same', async () => {
    let refused = 0
    for (let at = 0; at < PLAIN.length; at += 7) {
      const bytes = PLAIN.slice()
      bytes[at] = (bytes[at] ?? 0) ^ 0x10
      try {
        await refusalOf(bytesSource(bytes))
        refused += 1
      } catch (error) {
        expect(error).toMatchObject({ message: 'the file was read' })
      }
    }
    expect(refused).toBeGreaterThan(PLAIN.length / 14)
  })
})

describe('[S23] a ZIP bomb', () => {
  const unpacked = 870_000_000
  /** 870 KB that unpack to 870 MB: one megabyte of Deflate blocks, repeated before the last. */
  const packed = bombOf(unpacked)

  it('is refused by its directory before anything is unpacked', async () => {
    const bytes = zipOf([{ name: 'xl/worksheets/sheet1.xml', packed, announced: unpacked }])
    expect(bytes.length).toBeLessThan(1_000_000)
    await expect(readZipDirectory(bytesSource(bytes), unpackingLimits(2e8))).rejects.toMatchObject({
      code: 'xlsx-unpacks-too-large',
    })
    expect((await refusalOf(bytesSource(bytes))).code).toBe('xlsx-unpacks-too-large')
  })

  it('is refused while it unpacks when its directory lies, within 17 MB of what was announced', async () => {
    const announced = 1_000_000
    const source = bytesSource(zipOf([{ name: 'a', packed, announced }]))
    const directory = await readZipDirectory(source, unpackingLimits(2e8))
    const entry = directory.get('a')
    expect(entry?.bytes).toBe(announced)
    let count = 0
    const unpackAll = async (lying: ZipEntry): Promise<void> => {
      for await (const piece of unpackEntry(source, lying)) count += piece.length
    }
    const lying = entry ?? {
      name: '',
      method: 'deflated',
      crc: 0,
      packedBytes: 0,
      bytes: 0,
      offset: 0,
    }
    await expect(unpackAll(lying)).rejects.toBeInstanceOf(FileRefused)
    expect(count).toBeLessThan(announced + 17_000_000)
  })

  it('is refused when it is many parts', async () => {
    const parts = Object.fromEntries(
      Array.from({ length: 2001 }, (_, index) => [`p${index}`, new Uint8Array()]),
    )
    expect((await refusalOf(bytesSource(zipSync(parts)))).code).toBe('xlsx-unpacks-too-large')
  })
})

it('computes the CRC-32 of its published check value', () => {
  expect(crc32(latin1('123456789'))).toBe(0xcbf43926)
  expect(crc32(latin1('56789'), crc32(latin1('1234')))).toBe(0xcbf43926)
})
