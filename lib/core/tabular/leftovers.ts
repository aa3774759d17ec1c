/**
 * What web pages, databases and other tools leave in a text that they hand on: `&eacute;`,
 * `_x000D_`, `<br>`, `<![CDATA[…]]>`, `\n`, and FileMaker’s signs for a line break and for the next
 * of several values. Only what can be nothing else is read as what it stands
 * for: `R&D`, `<amara@mail.example>` and `C:\new` stay. What a cell is, is settled here; how its
 * value is normalised is settled elsewhere.
 */

/** Accents by the ending of an entity's name: `&eacute;` is e and an acute accent. */
const ACCENTS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  ring: '\u030a',
  cedil: '\u0327',
  caron: '\u030c',
  ogon: '\u0328',
  breve: '\u0306',
  macr: '\u0304',
  dot: '\u0307',
  dblac: '\u030b',
}

/** Entities that are no letter with an accent. Source: WHATWG HTML, "Named character references". */
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', shy: '\u00ad' },
  ...{ rsquo: '’', lsquo: '‘', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', prime: '′' },
  ...{ ndash: '–', mdash: '—', hellip: '…', middot: '·', bull: '•', laquo: '«', raquo: '»' },
  ...{ pound: '£', euro: '€', cent: '¢', yen: '¥', copy: '©', reg: '®', trade: '™', deg: '°' },
  ...{ szlig: 'ß', aelig: 'æ', AElig: 'Æ', oelig: 'œ', OElig: 'Œ', oslash: 'ø', Oslash: 'Ø' },
  ...{ lstrok: 'ł', Lstrok: 'Ł', dstrok: 'đ', Dstrok: 'Đ', eth: 'ð', ETH: 'Ð', thorn: 'þ' },
  ...{ THORN: 'Þ', inodot: 'ı', imath: 'ı', ordf: 'ª', ordm: 'º', frac12: '½', times: '×' },
  ...{ zwj: '', zwnj: '', lrm: '', rlm: '', ensp: ' ', emsp: ' ', thinsp: ' ', NewLine: '\n' },
  ...{ Tab: '\t', commat: '@', comma: ',', period: '.', lpar: '(', rpar: ')', sol: '/' },
}

const ENTITY = /&(?:#([0-9]{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z]{2,8}[0-9]{0,2}));/g
const ESCAPED_UNIT = /_x([0-9a-fA-F]{4})_/g
const CDATA = /<!\[CDATA\[([^]*?)\]\]>/gi
const COMMENT = /<!--[^]*?-->/g
const BLOCK_TAG = /<\/?(?:br|p|div|li|ul|ol|td|tr|h[1-6])(?:\s[^<>]*)?\/?>/gi
/** `<o:p>` is Word's. */
const TEXT_TAG =
  /<\/?(?:b|i|u|s|em|strong|span|font|a|sup|sub|small|mark|[owm]:[a-z]{1,12})(?:\s[^<>]*)?\/?>/gi
/** A line break or tab written out, before what begins anew or ends. */
const ESCAPED_BREAK = /\\(?:r\\n|[nrt])(?=$|[\s\\A-Z0-9])/g
/** Vertical tab and group separator. Source: FileMaker Pro Help, "Comma-separated text format". */
const BREAK_SIGNS = ['\v', '\u001d']
const PATH = /[A-Za-z]:\\|\\\\/

/** How often an entity may itself have been written as one: `&amp;eacute;`. */
const MOST_TIMES = 3

/** Whether a text, however long, may hold any of it. */
export function mayHoldLeftovers(text: string): boolean {
  return (
    (text.includes('&') && /&(?:#[0-9xX]|[A-Za-z]{2,8}[0-9]{0,2};)/.test(text)) ||
    (text.includes('_x') && /_x[0-9a-fA-F]{4}_/.test(text)) ||
    (text.includes('<') &&
      /<(?:!\[CDATA\[|!--|\/?[a-z]{1,6}[0-9]?[\s/>]|\/?[owm]:[a-z])/i.test(text)) ||
    (text.includes('\\') && /\\[nrt]/.test(text)) ||
    text.includes('\v') ||
    text.includes('\u001d')
  )
}

/** A cell's text, read as what it stands for. */
export function withoutLeftovers(cell: string): string {
  if (!hasSign(cell) || !mayHoldLeftovers(cell)) return cell
  let text = cell.replace(CDATA, '$1').replace(COMMENT, '')
  for (let time = 0; time < MOST_TIMES && text.includes('&'); time += 1) {
    const decoded = text.replace(ENTITY, decodeEntity)
    if (decoded === text) break
    text = decoded
  }
  text = text.replace(ESCAPED_UNIT, (whole, hex: string) => characterOf(parseInt(hex, 16)) ?? whole)
  text = text.replace(BLOCK_TAG, ' ').replace(TEXT_TAG, '')
  if (!PATH.test(text)) text = text.replace(ESCAPED_BREAK, ' ')
  for (const sign of BREAK_SIGNS) text = text.replaceAll(sign, '\n')
  return text === cell ? cell : text.trim()
}

/** Words of databases for no value, wherever they fill a cell. */
const CERTAIN = new Set(['\\N', '(null)', '<null>', '[null]', 'undefined', '<na>', '{null}'])
/**
 * Words that may also be somebody's name, as a database writes them and a person does not: one is a
 * database's where several columns have it, and not all of them hold names.
 */
const LIKELY = new Set(['NULL', 'null', 'nan', 'NaN', 'NaT', 'NA', '<NA>'])
const LONGEST_WORD = 9

/** The cells, as they are written, that are no value in a file with these rows at its top. */
export function emptyWordsOf(rows: readonly (readonly string[])[]): ReadonlySet<string> {
  const columns = new Map<string, Set<number>>()
  const notOfNames = new Set<number>()
  for (const row of rows) {
    for (const [column, cell] of row.entries()) {
      if (/[0-9@]/.test(cell)) notOfNames.add(column)
      if (cell.length < 2 || cell.length > LONGEST_WORD) continue
      if (!CERTAIN.has(cell.toLowerCase()) && !CERTAIN.has(cell) && !LIKELY.has(cell)) continue
      const seen = columns.get(cell) ?? new Set()
      columns.set(cell, seen.add(column))
    }
  }
  const isEmpty = ([cell, seen]: [string, Set<number>]): boolean =>
    !LIKELY.has(cell) || (seen.size > 1 && [...seen].some((column) => notOfNames.has(column)))
  return new Set([...columns].filter(isEmpty).map(([cell]) => cell))
}

function hasSign(cell: string): boolean {
  for (let at = 0; at < cell.length; at += 1) {
    const code = cell.charCodeAt(at)
    if (code === 0x26 || code === 0x3c || code === 0x5c || code === 0x5f) return true
    if (code === 0x0b || code === 0x1d) return true
  }
  return false
}

function decodeEntity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name === undefined) {
    const code = decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal)
    return characterOf(code) ?? whole
  }
  const named = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined
  if (named !== undefined) return named
  const accent = ACCENTS[name.slice(1)]
  if (accent === undefined) return whole
  const letter = (name.charAt(0) + accent).normalize('NFC')
  return letter.length === 1 ? letter : whole
}

/**
 * The character of a number; C1 controls are read as Windows-1252, as browsers do. Undefined for
 * what is none.
 */
function characterOf(code: number): string | undefined {
  if (code >= 0x80 && code < 0xa0)
    return new TextDecoder('windows-1252').decode(Uint8Array.of(code))
  if (code === 0x09 || code === 0x0a || code === 0x0d) return String.fromCharCode(code)
  if (code < 0x20) return code === 0 ? undefined : ''
  if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined
  return String.fromCodePoint(code)
}
