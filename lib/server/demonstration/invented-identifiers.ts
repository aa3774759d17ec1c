/**
 * Identifiers that belong to nobody. NHS numbers begin with 999, which the NHS keeps for tests and never issues;
 * e-mail domains are those RFC 2606 keeps for examples; mobile numbers are invented and nothing is ever sent to them.
 */

/** How many different NHS numbers there are: nine digits of which three are fixed, but for those without a check digit. */
const SERIALS = 1_000_000

/** A test NHS number with a right check digit; `serial` (0 and up) counts through all that exist, about 909,000, without repeating one. */
export function testNhsNumber(serial: number): string {
  // A stride prime to a million spreads neighbours, so that no family has numbers in a row.
  for (let index = serial; ; index += SPARE) {
    const nine = `999${String((index * 387_421) % SERIALS).padStart(6, '0')}`
    const check = checkDigit(nine)
    if (check !== 10) return `${nine}${check}`
  }
}

/** A serial whose number has no check digit goes on to another that no other serial below it uses as its own. */
const SPARE = 500_009

function checkDigit(nine: string): number {
  let sum = 0
  for (let place = 0; place < 9; place += 1) sum += (10 - place) * (nine.charCodeAt(place) - 48)
  return (11 - (sum % 11)) % 11
}

/** Whether ten digits pass the NHS number's check. Source: NHS Data Dictionary, NHS NUMBER (modulus 11). */
export function passesNhsCheck(number: string): boolean {
  return /^[0-9]{10}$/.test(number) && checkDigit(number) === number.charCodeAt(9) - 48
}

/** A mobile number as people write one, `07…`; different for every serial below 100 million. */
export function inventedMobile(serial: number): string {
  const scattered = (serial * 61_803_399) % 100_000_000
  return `077${String(scattered).padStart(8, '0')}`
}

const DOMAINS = ['example.com', 'example.org', 'example.net', 'mail.example.com'] as const

/** An e-mail address that is different for every serial. */
export function inventedEmail(firstName: string, lastName: string, serial: number): string {
  const local = `${plainLetters(firstName)}.${plainLetters(lastName)}`.toLowerCase()
  return `${local}${serial.toString(36)}@${DOMAINS[serial % DOMAINS.length] ?? DOMAINS[0]}`
}

/** A name in the letters A to Z alone, as an old system keeps it. */
export function plainLetters(name: string): string {
  return withoutAccents(name).replace(/[^A-Za-z]/g, '')
}

/** A name without its accents; spaces, hyphens and apostrophes stay. */
export function withoutAccents(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŁđĐ]/g, (letter) => ({ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D' })[letter] ?? letter)
}
