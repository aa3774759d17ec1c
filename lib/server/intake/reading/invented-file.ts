import type { OpenSource } from './open-source.ts'

/** A file of people whom nobody is, for a process that gets ready. */

/** So many that what reads a row is made fast by them. */
const ROWS = 2_000

const NAME = 'invented.csv'

const HEADER =
  'Client ID,First name,Surname,Date of birth,Gender,Postcode,Carer email,Carer mobile,Ethnicity,Start date,Contacts'

/** The same each time. */
export function inventedFile(): OpenSource {
  const rows = Array.from({ length: ROWS }, (_, n) => rowOf(n).join(','))
  const bytes = new TextEncoder().encode([HEADER, ...rows, ''].join('\r\n'))
  return {
    ...{ name: NAME, size: bytes.length, identity: NAME },
    read: (offset, length) => Promise.resolve(bytes.slice(offset, offset + length)),
    close: () => Promise.resolve(),
  }
}

function rowOf(n: number): readonly string[] {
  const day = String((n % 28) + 1).padStart(2, '0')
  const month = String((n % 12) + 1).padStart(2, '0')
  return [
    `C-${n}`,
    `Ab${inLetters(n)}`,
    `Um${inLetters(n % 300)}`,
    `${day}/${month}/${2019 + (n % 4)}`,
    n % 2 === 0 ? 'Girl' : 'Boy',
    `SW9 ${n % 10}AB`,
    `carer.${n}@example.org`,
    `07700 900${String(n % 1000).padStart(3, '0')}`,
    n % 2 === 0 ? 'Black African' : 'White British',
    `${day}/02/2024`,
    String(n % 9),
  ]
}

function inLetters(n: number): string {
  return Array.from(n.toString(26), (digit) => String.fromCharCode(97 + parseInt(digit, 26))).join(
    '',
  )
}
