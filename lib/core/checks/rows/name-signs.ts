import { foldName } from '#core/pseudonym/normalising/fold.ts'
import { isNamePlaceholder } from '#core/pseudonym/normalising/name-placeholder.ts'
import { hasDroppedLetters } from './letters-dropped.ts'

/**
 * What a name cell shows that no name of one person holds. The name itself is what
 * docs/pseudonymisation.md makes of the cell; here it is only doubted.
 */

/**
 * `two-people`: “Bob & Jane Marlow”. `remark`: a digit, an @, brackets, a mark, letters of two
 * alphabets or words about the person.
 * `lost-letter`: “Jos?”, “N__ez”, as an export writes a letter that it has no sign for, and “Jos
 * Nez”, as it drops one. `nobody`: a word in the place of a name, such as “Confidential” or “Mrs”, which many people would share.
 * `both`: the whole name stands in the column of first names or of last names, beside the other.
 * `whole-last`: it stands in the column of last names, and first names have none. `exchanged`: first
 * name and last name stand in each other's columns.
 */
export type NameSign =
  | ''
  | 'two-people'
  | 'remark'
  | 'lost-letter'
  | 'nobody'
  | 'both'
  | 'whole-last'
  | 'exchanged'

/** Each word is looked at from its beginning alone, so that a long one takes no longer than its length. */
const JOINED =
  /(?<![\p{L}\p{M}.])[\p{M}.]*\p{L}[\p{L}\p{M}.]+\s*[&+;]\s*\p{L}|(?<!\p{L})\p{L}{2,}\s*\/\s*\p{L}{2}/u
/** In a column of first names or of last names: “Bob, Jane”, or one under the other. */
const LISTED =
  /\p{L}\p{L} ?, ?(?!(?:jn?r|sn?r|ii|iii|iv)\b)\p{L}|\p{L}\p{L} ?(?:\r\n|\r|\n) ?\p{L}\p{L}/iu
const AND = /\S\s+(?:and|with|or)\s+\S/i
/** “Bob n Jane”; a capital is an initial. */
const AND_SHORT = /\p{L}{2}\s+['’]?n['’]?\s+\p{L}{2}/u
const GROUP =
  '(?:famil(?:y|ies)|household|siblings|twins|triplets|quads|children|kids|brothers|sisters|cousins)'
/** “Hall family”; and where last names have a column, the word alone in one of the two. */
const FAMILY = new RegExp(`(?:^|\\p{L}\\s+)${GROUP}\\s*$|^\\s*the \\p{L}+s\\s*$`, 'iu')
const MORE =
  /\s(?:plus|x ?[2-9])\s|\s[+&] ?[1-9]\b|\bet al\b|\s(?:w\/|and|with) (?:[1-9]|two|three|four)\b/i
const REMARK =
  /[0-9@<>]|\p{L}\*+\p{L}|\p{L} [-–—] \p{L}|^(?:see|same|as) (?:as s|below|row|sibling|sister|brother|twin|mum|mother|parent|surname|name)|\b[bBcC]\/[oO]\b|^[bu]['"]\p{L}+['"]$|\S\s+n[eé]e\s+\S|\b(?:deceased|unborn|formerly|previously|aka|known as|do not)\b|^z{2,}\p{L}|\s['‘]\p{L}+['’]/iu
/** What stands behind whole names, and is left out of them. */
const DEGREE = /\s(?:phd|mbe|obe|bsc|msc|esq)[.]?$/i
/** Said of the dead, in capitals; “Rip” is a name. */
const RESTING = /\s\(?R[.]?I[.]?P[.]?\)?\s*$/
/** What a worker writes behind a name in capitals, of a child's plan or of the record. */
const SAID_BEHIND =
  /\p{Ll}\s+(?:CP|CIN|LAC|CLA|TAF|EHCP|SEN|SEND|DNA|IGNORE|DUPLICATE|VOID|DELETE|TEST|NEW|OLD|LEFT)\s*$/u
/** “Mother of Amara”, “Amara’s mum”. */
const RELATED =
  /^(?:child|son|daughter|mother|mum|father|dad|twin|sibling|parent|carer|brother|sister|nan|wife|husband|partner)s? of\s|['’]s (?:mum|mother|mam|dad|father|baby|child|son|daughter|brother|sister|sibling|nan|gran|carer|parent|partner|friend)s?\b/iu
/**
 * A box stands where a program has no picture of a letter, and _ where it has no sign for it, as in “G_mez”, unlike
 * “Amara_Jane”; Â and Ã, capitals behind a small letter, are what is left of a letter that was read in another encoding.
 */
const LOST_LETTER =
  /\p{L}[?□■▯]|[?□■▯]\p{L}|\p{Ll}[ÂÃ]|(?:^|\s)(?:_+\p{L}|\p{L}_)|\p{L}_+(?:\s|$|_)/u
/** A cross, a tick or a warning beside a name, and a name that is struck out letter by letter. */
const MARKED = /[\u0335-\u0338\u2600-\u27bf\u{1f300}-\u{1faff}]/u
/** “Okаfor” with an а of another keyboard looks like Okafor, and is another name. */
const TWO_ALPHABETS = /\p{Script=Latin}[\u0370-\u052f]|[\u0370-\u052f]\p{Script=Latin}/u
const BRACKET = /[()[\]"“”]/
const LONGEST_NAME = 200

/** Reads the cell of a first or last name, or of a whole name, whose brackets are left out of it. */
export function readNameSign(cell: string, isWhole: boolean): NameSign {
  if (standsForNobody(cell)) return 'nobody'
  if (!mayShowSomething(cell, isWhole)) return hasDroppedLetters(cell) ? 'lost-letter' : ''
  const text = cell.slice(0, LONGEST_NAME)
  if (
    JOINED.test(text) ||
    AND.test(text) ||
    AND_SHORT.test(text) ||
    FAMILY.test(text) ||
    MORE.test(text)
  )
    return 'two-people'
  if (isWhole ? holdsWholeNames(text) : LISTED.test(text)) return 'two-people'
  if (LOST_LETTER.test(text)) return 'lost-letter'
  if (RELATED.test(text) || RESTING.test(text) || SAID_BEHIND.test(text)) return 'remark'
  if (MARKED.test(text) || TWO_ALPHABETS.test(text)) return 'remark'
  if (!REMARK.test(text) && (isWhole || !(BRACKET.test(text) || DEGREE.test(text))))
    return hasDroppedLetters(text) ? 'lost-letter' : ''
  // "Twin 1" is known as a stand-in, and reported as one.
  return isNamePlaceholder(foldName(text) ?? '') ? '' : 'remark'
}

/** Two whole names under each other, or beside each other with one surname. */
function holdsWholeNames(text: string): boolean {
  const [before = [], after = []] = text.split(',').map(wordsOf)
  if (before.length > 1 && after.length > 1 && before.at(-1) === after.at(-1)) return true
  if (!/[\r\n]/.test(text)) return false
  return text.split(/[\r\n]/).filter((line) => line.trim().includes(' ')).length > 1
}

/**
 * Whether a first name and a last name in columns of their own are the whole name twice: “Amara
 * Okafor” beside “Okafor”, or one whole name beside another of the family. One word twice may be
 * both: Ali Ali.
 */
export function isInBoth(first: string, last: string): boolean {
  const longer = first.length > last.length ? first : last
  if (first === '' || last === '' || !longer.includes(' ')) return false
  const one = wordsOf(first)
  const other = wordsOf(last)
  if (one.length === 1 && other.length === 1) return false
  if (one.length > 1 && other.length > 1 && one.at(-1) === other.at(-1)) return true
  if (one.length >= other.length)
    return other.every((word, at) => word === one[one.length - other.length + at])
  return one.every((word, at) => word === other[at])
}

function wordsOf(name: string): string[] {
  return name
    .slice(0, LONGEST_NAME)
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
}

/**
 * Words that are written where a name is kept back, and titles alone. The pseudonymiser keeps them
 * as names, so that everybody who has one would look alike: docs/pseudonymisation.md, "Names".
 */
const NOBODY = new Set(
  [
    'confidential,confidential client,redacted,withheld,restricted,private,declined,declined to say,refused',
    'not disclosed,not shared,not available,not applicable,not provided,not recorded,not stated,not specified',
    'not collected,not supplied,not asked,not sure,prefer not to say,n/k,nk,no consent,consent withheld,pending',
    'to follow,to be confirmed,see notes,see file,on file,deleted,removed,void,cancelled,duplicate,dummy',
    'do not use,do not,delete,ignore,client,participant,service user,child,parent,mother,father,carer,guardian',
    'mr,mrs,ms,miss,dr,mx,prof,rev,sir,mr.,mrs.,ms.,dr.,mr & mrs,test patient,test client,test record,test child',
    'testpatient,ztest,zztest,zzztest,xtest,xxtest,xxxtest,test test,testing,demo,n.k.,nil,null null,none none',
    'vacant,vacancy,vacant place,spare,spare place,reserved,unnamed,no name,new client,new child,bloggs',
    'bump,baby bump,newborn,new born,children,kids,twins,siblings,triplets,family,the family,training,training record,training client,test user,user test,tester,dummy client,dummy child,sample,sample child',
    'example,example child,placeholder,place holder,fake,fake client,system,admin,xxx,zzz,household,siblings',
    'choose an item,choose an item.,please select,select,click or tap here to enter text.,click here to enter text.',
    'no data,no name given,-- select --,please choose,--select--',
    'both,both children,both girls,both boys,both kids,both twins,all three,all four,all five,all children,all kids',
    'all siblings,all of them,the twins,the children,the girls,the boys,everyone,everybody,whole family,various',
    'bart simpson,homer simpson,lisa simpson,peppa pig,spider man,harry potter,buzz lightyear,winnie the pooh',
    'guest,visitor,walk-in,walk in,walkin,drop-in,drop in,social worker,health visitor,midwife,volunteer,worker,staff,tba,tbd',
    'joe bloggs,jo bloggs,fred bloggs,jane doe,john doe,mickey mouse,minnie mouse,donald duck,a n other',
  ]
    .join(',')
    .split(','),
)
/** Patients that a hospital’s system keeps for tests. */
const TEST_PATIENT = /^(?:x{2,}|z{2,})[ -]?test|^z{2,}$/i
/** “Child A”, “Baby B”: one of several whom nobody names. */
const LETTERED =
  /^(?:child|baby|client|patient|person|participant|family|parent|sibling|pupil|student|yp|infant) [a-z]$/i
/** “Axxxx”, as names are masked before they are sent. */
const MASKED = /^\p{L}x{2,}$/iu
const NOBODY_FORMS = new Set([...NOBODY].map(formOf))

/** Last names of people whom nobody has met, beside their first names. */
const MADE_UP: Readonly<Record<string, RegExp>> = {
  doe: /^(?:jane|john)$/i,
  duck: /^donald$/i,
  mouse: /^(?:mickey|minnie)$/i,
  pig: /^peppa$/i,
  potter: /^harry$/i,
  simpson: /^(?:bart|homer|lisa|marge)$/i,
  other: /^a[. ]*n[.]?$/i,
}

/** First or last names of records that are made for a try. */
const FOR_A_TRY = /^(?:test|testing|dummy|training|demo|placeholder|fake)$/i

/** Whether a first name and a last name are those of an example: Jane Doe; or of a try: Test User. */
export function isMadeUp(first: string, last: string): boolean {
  if (FOR_A_TRY.test(first) && last !== '') return true
  if (FOR_A_TRY.test(last) && first !== '') return true
  if (last.length < 3 || last.length > 7) return false
  const key = last.toLowerCase()
  return Object.hasOwn(MADE_UP, key) && MADE_UP[key]?.test(first.trim()) === true
}

/**
 * Whether a cell of a first or last name shows nothing, and is no part of a name that nobody bears:
 * `isMadeUp` is then true beside no other.
 */
export function showsNothing(cell: string): boolean {
  if (FOR_A_TRY.test(cell) || Object.hasOwn(MADE_UP, cell.toLowerCase())) return false
  return readNameSign(cell, false) === ''
}

/** A number that few names share with these words: their ends and their length. */
function formOf(word: string): number {
  const last = word.length - 1
  return ((word.charCodeAt(0) | 0x20) * 256 + (word.charCodeAt(last) | 0x20)) * 64 + last
}

function standsForNobody(cell: string): boolean {
  const { length } = cell
  if (length < 2 || length > 63) return false
  const first = cell.charCodeAt(0) | 0x20
  // What programs write for no number.
  if (cell === 'NaN' || cell === 'nan') return true
  // x and z
  if ((first === 0x78 || first === 0x7a) && TEST_PATIENT.test(cell)) return true
  if ((cell.charCodeAt(length - 1) | 0x20) === 0x78 && MASKED.test(cell)) return true
  if (cell.charCodeAt(length - 2) === 0x20 && LETTERED.test(cell)) return true
  if (NOBODY_FORMS.has(formOf(cell))) return NOBODY.has(cell.toLowerCase())
  const isPadded = first === 0x20 || cell.charCodeAt(length - 1) === 0x20
  return isPadded && NOBODY.has(cell.trim().toLowerCase())
}

/** First letters of the words that are looked for, small. */
const FIRST_LETTERS = new Set(
  Array.from('awndufphstckqbexrovilm+', (letter) => letter.charCodeAt(0)),
)

/** Whether a cell holds a mark or such a word's first letter: most names are read no further. */
function mayShowSomething(cell: string, isWhole: boolean): boolean {
  let previous = 0x20
  const first = cell.charCodeAt(0) | 0x20
  const second = cell.charCodeAt(1) | 0x20
  // "See …", "same …", "as …"
  const isPhrase =
    (first === 0x73 && (second === 0x65 || second === 0x61)) || (first === 0x61 && second === 0x73)
  if (isPhrase && cell.includes(' ')) return true
  // zzPatel
  if (first === 0x7a && second === 0x7a) return true
  // b'Amara'
  if (cell.charCodeAt(1) === 0x27 && (first === 0x62 || first === 0x75)) return true
  for (let index = 0; index < cell.length; index++) {
    const unit = cell.charCodeAt(index)
    if (unit < 0x41) {
      // An apostrophe, a hyphen, a full stop and a comma are parts of names.
      if (unit !== 0x20 && unit !== 0x27 && (unit < 0x2c || unit > 0x2e)) return true
      if (unit === 0x2c && (!isWhole || isOfTwoWords(cell, index))) return true
      if (unit === 0x20 && cell.startsWith('of ', index + 1)) return true
      if (unit === 0x27 && (previous === 0x20 || cell.startsWith('s ', index + 1))) return true
      if (unit === 0x2d && previous === 0x20) return true
    } else if (unit > 0x7a) {
      if (unit === 0xa0 || unit === 0x201c || unit === 0x201d) return true
      if (unit >= 0x25a0 && unit <= 0x27bf) return true
      if (unit >= 0x335 && unit <= 0x52f && (unit <= 0x338 || unit >= 0x370)) return true
      if (unit >= 0xd83c && unit <= 0xd83e) return true
      if (unit === 0x2018 || (unit === 0x2019 && cell.startsWith('s ', index + 1))) return true
    } else if (unit === 0x5b || unit === 0x5f) return true
    else if (previous === 0x20 && (index > 0 || (unit | 0x20) === 0x75)) {
      if (FIRST_LETTERS.has(unit | 0x20)) return true
    }
    previous = unit
  }
  return false
}

/** Whether more than one word stands before a place in a cell. */
function isOfTwoWords(cell: string, before: number): boolean {
  const space = cell.indexOf(' ')
  return space > 0 && space < before
}
