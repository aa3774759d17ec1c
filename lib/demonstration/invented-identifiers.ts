/**
 * Identifiers that belong to nobody. NHS numbers begin with 999, which the NHS keeps for tests and
 * never issues; email domains are those RFC 2606 keeps for examples; mobile numbers are invented
 * and nothing is ever sent to them.
 */

/** Serials below this have a number that begins with 999. */
const TEST_SERIALS = 900_000

/**
 * A number that no patient has, with a right check digit and different for every serial from 0 up
 * to 90,900,000. Beyond the 900,000 test numbers it begins with 5, which has never been issued.
 */
export function inventedNhsNumber(serial: number): string {
  // Of the ten last digits before the check digit at most one leads to the check 10, which no
  // number has; nine are sure.
  if (serial < TEST_SERIALS)
    return withNinthDigit(`999${scattered(Math.floor(serial / 9), 5)}`, serial % 9)
  const beyond = serial - TEST_SERIALS
  return withNinthDigit(`5${scattered(Math.floor(beyond / 9), 7)}`, beyond % 9)
}

/** A stride that shares no factor with ten keeps numbers apart and neighbours unlike. */
function scattered(index: number, digits: number): string {
  return String((index * 618_033_989) % 10 ** digits).padStart(digits, '0')
}

function withNinthDigit(eight: string, choice: number): string {
  const nine = `${eight}${choice}`
  const check = checkDigit(nine)
  return check === 10 ? `${eight}9${checkDigit(`${eight}9`)}` : `${nine}${check}`
}

function checkDigit(nine: string): number {
  let sum = 0
  for (let place = 0; place < 9; place += 1) sum += (10 - place) * (nine.charCodeAt(place) - 48)
  return (11 - (sum % 11)) % 11
}

/** A mobile number as people write one, `07…`; different for every serial below 100 million. */
export function inventedMobile(serial: number): string {
  return `077${scattered((serial + 1) % 100_000_000, 8)}`
}

const DOMAINS = ['example.com', 'example.org', 'example.net', 'mail.example.com'] as const

/** An email address that is different for every serial. */
export function inventedEmail(firstName: string, lastName: string, serial: number): string {
  const local = `${plainLetters(firstName)}.${plainLetters(lastName)}`.toLowerCase()
  return `${local}${serial.toString(36)}@${DOMAINS[serial % DOMAINS.length] ?? DOMAINS[0]}`
}

/** A name in the letters A to Z alone, as an old system keeps it. */
function plainLetters(name: string): string {
  return withoutAccents(name).replace(/[^A-Za-z]/g, '')
}

/** A name without its accents; spaces, hyphens and apostrophes stay. */
export function withoutAccents(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[łŁđĐ]/g, (letter) => ({ ł: 'l', Ł: 'L', đ: 'd', Đ: 'D' })[letter] ?? letter)
}
