import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { ENCODINGS, type Encoding } from '#core/tabular/table.ts'
import { encodingChoices, textNotices } from '#core/messages/reading/reading-words.ts'
import { bytesSource, oneByte, textSource, utf16 } from '../byte-sources.ts'
import { readWhole, refusalOf } from '../reading.ts'

/** A client file of these names, one a row. */
function fileOf(names: readonly string[]): string {
  const rows = names.map((name, row) => `C-${row},${name},0${(row % 9) + 1}/06/2019,SE11 6AB`)
  return `Client ID,Name,Date of birth,Postcode\r\n${rows.join('\r\n')}\r\n`
}

async function namesRead(bytes: Uint8Array, piece = Infinity): Promise<string[]> {
  const { rows } = await readWhole(bytesSource(bytes, piece))
  return rows.map((row) => row[1] ?? '')
}

const NAMES = {
  western: ['Zoë Marchand', 'José Núñez', 'Siân Price', 'Jürgen Bär', 'Renée Gómez', 'Aimée O’Dea'],
  portuguese: ['João Magalhães', 'Conceição Simões', 'Inês Antônio', 'Lourenço Sá'],
  irish: ['Seán Ó Briain', 'Sinéad Ní Dhónaill', 'Róisín', 'Pádraig'],
  polish: [
    'Paweł Wiśniewski',
    'Małgorzata Dąbrowska',
    'Łukasz Węgrzyn',
    'Jędrzej Zając',
    'Ewa Źródło',
  ],
  turkish: ['Ayşe Yıldız', 'Doğan Şahin', 'İbrahim Öztürk', 'Gülşen Çelik'],
  czech: ['Jiří Dvořák', 'Šárka Nováková', 'Ondřej Růžička', 'Tomáš Žák'],
  hungarian: ['László Erdős', 'Zoltán Szűcs', 'Győző Kőszegi'],
  welsh: ['Llŷr Siôn', 'Gŵyn Siân', 'Rhŷs'],
  baltic: ['Šarūnas Jonaitė', 'Žydrūnas Kazlauskienė', 'Rūta Petrauskaitė'],
  latvian: ['Jānis Bērziņš', 'Līga Ozoliņa', 'Ģirts Kalniņš', 'Žanete Liepiņa'],
  nordic: ['Søren Østergaard', 'Bjørn Åberg', 'Jørgen Sørensen', 'Märta Öberg'],
  icelandic: ['Þórunn Guðmundsdóttir', 'Sigríður Þórðardóttir', 'Ragnheiður Jónsdóttir'],
  capitals: ['ZOË NÚÑEZ', 'JOSÉ MÜLLER', 'RENÉE GÓMEZ', 'FRANÇOISE'],
  cyrillic: ['Иван Петров', 'Анна Сидорова', 'Мария'],
  greek: ['Γιώργος Νικολάου', 'Μαρία Ελένη'],
} as const

const WRITTEN: readonly (readonly [keyof typeof NAMES, Encoding])[] = [
  ['western', 'windows-1252'],
  ['western', 'macintosh'],
  ['portuguese', 'windows-1252'],
  ['portuguese', 'macintosh'],
  ['portuguese', 'ibm850'],
  ['irish', 'windows-1252'],
  ['irish', 'macintosh'],
  ['irish', 'ibm850'],
  ['polish', 'windows-1250'],
  ['polish', 'iso-8859-2'],
  ['polish', 'ibm852'],
  ['turkish', 'windows-1254'],
  ['czech', 'windows-1250'],
  ['czech', 'iso-8859-2'],
  ['hungarian', 'windows-1250'],
  ['welsh', 'iso-8859-14'],
  ['baltic', 'windows-1257'],
  ['capitals', 'windows-1252'],
  ['capitals', 'macintosh'],
  ['capitals', 'ibm850'],
  ['turkish', 'ibm857'],
  ['turkish', 'mac-turkish'],
  ['polish', 'mac-ce'],
  ['latvian', 'ibm775'],
  ['latvian', 'iso-8859-4'],
  ['nordic', 'ibm865'],
  ['icelandic', 'ibm861'],
  ['portuguese', 'ibm860'],
]

/** Bytes of Arabic or Chinese make plausible words of these too, so that somebody has to look. */
const OF_OTHER_SCRIPT: typeof WRITTEN = [
  ['cyrillic', 'windows-1251'],
  ['cyrillic', 'koi8-r'],
  ['cyrillic', 'iso-8859-5'],
  ['cyrillic', 'x-mac-cyrillic'],
  ['greek', 'windows-1253'],
  ['cyrillic', 'ibm866'],
  ['greek', 'ibm737'],
]

describe('encodings of one byte a character', () => {
  it.each(WRITTEN)('reads %s names written in %s, and asks nothing', async (which, encoding) => {
    const names = NAMES[which]
    const bytes = oneByte(fileOf(names), encoding)
    const { rows, receipt } = await readWhole(bytesSource(bytes))
    expect(rows.map((row) => row[1])).toEqual(names)
    expect(receipt.encodingUnsure).toBeUndefined()
  })

  it.each(OF_OTHER_SCRIPT)('reads %s names written in %s, and asks', async (which, encoding) => {
    const names = NAMES[which]
    const { rows, receipt } = await readWhole(bytesSource(oneByte(fileOf(names), encoding)))
    expect(rows.map((row) => row[1])).toEqual(names)
    expect(receipt.encodingUnsure).toBe(true)
  })

  it('asks of letters that no encoding on offer makes names of', async () => {
    // Hebrew names in DOS 862, which is not read.
    const text =
      'Ref,Name\r\n1,\x99\x98\x84 \x8b\x84\x8f\r\n2,\x83\x85\x83 \x8c\x85\x89\r\n3,Ben Hall\r\n'
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))
    expect((await readWhole(bytesSource(bytes))).receipt.encodingUnsure).toBe(true)
  })

  it.each(['ibm437', 'ibm850'] as const)('reads the names of %s', async (encoding) => {
    const names = ['José Núñez', 'Zoë Müller', 'Renée Gómez', 'Siân', 'Françoise Adèle']
    expect(await namesRead(oneByte(fileOf(names), encoding))).toEqual(names)
  })

  it('reads the sample of a Mac', async () => {
    const bytes = readFileSync(new URL('../../../files/08-mac-roman.csv', import.meta.url))
    const { rows } = await readWhole(bytesSource(bytes))
    expect(rows.map((row) => `${row[1] ?? ''} ${row[2] ?? ''}`)).toEqual([
      'Zoë Núñez',
      'José Müller',
      'Siân Lowe',
      'Renée Gómez',
    ])
  })

  it.each([
    'José',
    'Chloë',
    'Mum said it’s fine',
    'paid £5 – late',
    'Beyoncé',
    'wait… for “Zoë”',
    'D’Souza',
    'Thaís',
    'JOSÉ',
    'Adé',
  ])('asks nothing of a Windows-1252 file with nothing but %s', async (name) => {
    const { rows, receipt } = await readWhole(
      bytesSource(oneByte(fileOf(['Ann Hall', name, 'Ben']), 'windows-1252')),
    )
    expect(receipt).toMatchObject({ encoding: 'windows-1252' })
    expect(receipt.encodingUnsure).toBeUndefined()
    expect(rows[1]?.[1]).toBe(name)
  })

  it('asks nothing of a file of ASCII, and offers nothing', async () => {
    const { receipt } = await readWhole(textSource(fileOf(['Ann Hall', 'Ben Lowe'])))
    expect(receipt).toMatchObject({ encoding: 'utf-8' })
    expect(receipt.readings).toBeUndefined()
    expect(textNotices(receipt)).toEqual([])
  })

  it('asks where two encodings make names that are nearly as plausible, and shows letters alone', async () => {
    const bytes = oneByte(fileOf(['Adèle']), 'ibm850')
    const { receipt } = await readWhole(bytesSource(bytes))
    expect(receipt.encodingUnsure).toBe(true)
    expect(receipt.readings?.map(({ letters }) => letters)).toContain('è')
    const [notice = ''] = textNotices(receipt)
    expect(notice).toContain('è (DOS 850 (Western European))')
    expect(notice).not.toContain('Ad')
    const chosen = await readWhole(bytesSource(bytes), { encoding: 'ibm850' })
    expect(chosen.receipt.encodingUnsure).toBeUndefined()
    expect(chosen.rows[0]?.[1]).toBe('Adèle')
  })

  it('offers every encoding, each with its own words', () => {
    const choices = encodingChoices(null)
    expect(choices.map(({ value }) => value)).toEqual([...ENCODINGS])
    expect(new Set(choices.map(({ text }) => text)).size).toBe(ENCODINGS.length)
  })

  it.each(ENCODINGS.filter((encoding) => !/^utf/.test(encoding)))(
    'loses no byte of a file that is read in %s',
    async (encoding) => {
      const every = Array.from({ length: 128 }, (_, index) => index + 128)
      const { rows } = await readWhole(bytesSource(new Uint8Array([97, 10, ...every, 10])), {
        encoding,
      })
      expect(rows[0]?.[0]?.length).toBe(128)
    },
  )
})

describe('UTF-8 that was encoded twice', () => {
  const names = ['José Núñez', 'Łukasz Żak', 'Ayşe', 'Aimée O’Dea', 'Nguyễn Thị', 'Zoë', 'À Ángel']

  it.each(['windows-1252', 'macintosh', 'windows-1250'])('is undone, by way of %s', async (way) => {
    const wrong = new TextDecoder(way).decode(new TextEncoder().encode(fileOf(names)))
    const { rows, receipt } = await readWhole(textSource(wrong))
    expect(rows.map((row) => row[1])).toEqual(names)
    expect(receipt.encoding).toBe('utf-8-twice')
    expect(textNotices(receipt)[0]).toMatch(/broken when the file was made/)
  })

  it.each(['ibm437', 'ibm850'] as const)('is undone, by way of %s', async (way) => {
    const bytes = new TextEncoder().encode(fileOf(names))
    const wrong = (await readWhole(bytesSource(bytes), { encoding: way })).rows
    const { rows } = await readWhole(textSource(fileOf(wrong.map((row) => row[1] ?? ''))))
    expect(rows.map((row) => row[1])).toEqual(names)
  })

  it('is undone in some rows, and the other rows are left as they are', async () => {
    const { rows } = await readWhole(textSource(fileOf(['José', 'RenÃ©e', 'João', 'Núñez'])))
    expect(rows.map((row) => row[1])).toEqual(['José', 'Renée', 'João', 'Núñez'])
  })

  it('keeps the sign of a letter that was lost before, so that nobody takes it for a name', async () => {
    const { rows } = await readWhole(textSource(fileOf(['Josï¿½', 'RenÃ©e'])))
    expect(rows.map((row) => row[1])).toEqual(['Jos\ufffd', 'Renée'])
  })

  it('is undone however often it was encoded', async () => {
    const { rows } = await readWhole(textSource(fileOf(['JosÃƒÂ©'])))
    expect(rows[0]?.[1]).toBe('José')
  })

  it('is not undone where a person says that the file is UTF-8', async () => {
    const { rows } = await readWhole(textSource(fileOf(['JosÃ©'])), { encoding: 'utf-8' })
    expect(rows[0]?.[1]).toBe('JosÃ©')
  })

  it('is seen in no name that only looks a little like it', async () => {
    const right = ['JOSÉ’S', 'SÃO', 'Weiß’', 'CLÉMENT – X', 'ÂÊÎ', 'Zoë…', '£5', 'Đặng', 'Ångström']
    const { rows, receipt } = await readWhole(textSource(fileOf(right)))
    expect(rows.map((row) => row[1])).toEqual(right)
    expect(receipt.encoding).toBe('utf-8')
  })
})

describe('a file of UTF-8 with bytes that are none', () => {
  const text = new TextEncoder().encode(fileOf(['Zoë', 'José', 'Siân', 'Renée', 'Chlo?', 'Ann']))
  const stray = text.map((byte) => (byte === 0x3f ? 0xe9 : byte))

  it('keeps its other names, and tells the row of the stray byte', async () => {
    for (const piece of [1, 5, Infinity]) {
      const { rows, receipt } = await readWhole(bytesSource(stray, piece))
      expect(rows.map((row) => row[1])).toEqual([
        'Zoë',
        'José',
        'Siân',
        'Renée',
        'Chlo\ufffd',
        'Ann',
      ])
      expect(receipt).toMatchObject({
        encoding: 'utf-8',
        unreadable: [{ column: 'Name', cells: 1, firstFileRow: 6 }],
      })
      expect(textNotices(receipt)[0]).toMatch(/^1 cell \(Name, first in row 6\) holds/)
    }
  })

  it('keeps them where a name was cut within a letter', async () => {
    const cut = [...new TextEncoder().encode(fileOf(['Zoë', 'Ann', 'Joséx']))]
    cut.splice(cut.lastIndexOf(0xa9), 1)
    const { rows } = await readWhole(bytesSource(Uint8Array.from(cut)))
    expect(rows.map((row) => row[1])).toEqual(['Zoë', 'Ann', 'Jos\ufffdx'])
  })

  it('keeps them where many rows came from another file', async () => {
    const other = oneByte('C-9,Aimée,01/06/2019,SE11 6AB\r\n'.repeat(12), 'windows-1252')
    const { rows } = await readWhole(bytesSource(new Uint8Array([...stray, ...other])))
    expect(rows[0]?.[1]).toBe('Zoë')
    expect(rows.at(-1)?.[1]).toBe('Aim\ufffde')
  })

  it('still refuses what has nothing of the encoding that its mark says', async () => {
    const marked = new Uint8Array([0xef, 0xbb, 0xbf, ...oneByte(fileOf(['José']), 'windows-1252')])
    expect((await refusalOf(bytesSource(marked))).code).toBe('encoding-wrong')
    const { header, rows } = await readWhole(bytesSource(marked), { encoding: 'windows-1252' })
    expect(header[0]).toBe('Client ID')
    expect(rows[0]?.[1]).toBe('José')
  })
})

describe('marks and UTF-16', () => {
  it('drops a mark that stands twice, or where two files were put together', async () => {
    const one = `\ufeff${fileOf(['Zoë'])}`
    const { header, rows } = await readWhole(
      textSource(`\ufeff${one}\ufeff"C-2",Ann,01/06/2019,\r\n`),
    )
    expect(header[0]).toBe('Client ID')
    expect(rows[1]).toEqual(['C-2', 'Ann', '01/06/2019', ''])
  })

  it.each([true, false])('knows UTF-16 without a mark by its pattern', async (littleEndian) => {
    for (const names of [NAMES.polish, NAMES.cyrillic, ['Ādam Āron', 'Zoë']]) {
      const bytes = utf16(fileOf(names), littleEndian, false)
      expect(await namesRead(bytes, 7)).toEqual(names)
    }
  })
})
