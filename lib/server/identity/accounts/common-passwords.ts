/**
 * What attackers try first, alone and strung together, and what the list does not have: words of
 * this service and of its people.
 */
export const EXPECTED =
  'password passw0rd passwort letmein welcome iloveyou qwertyuiop qwerty azerty asdfghjkl asdfgh zxcvbnm zxcvbn monkey dragon ' +
  'football baseball superman batman princess sunshine shadow master admin administrator login secret changeme default ' +
  'summer winter autumn spring january february march april june july august september october november december ' +
  'monday tuesday wednesday thursday friday saturday sunday liverpool arsenal chelsea london england family children ' +
  'charlie michael jordan ashley thomas daniel jessica hello hunter trustno starwars pokemon computer internet ' +
  'abcdefgh abcdef abcd 1q2w3e4r 1q2w3e qazwsx q1w2e3r4 zaq1 test user guest temp count once countonce nhs portal council provider'

let loading: Promise<ReadonlySet<string>> | undefined

/**
 * The 49,000 passwords that leak most, in small letters; read when a password is first set. Source:
 * the list of zxcvbn, as @zxcvbn-ts/language-common keeps it.
 */
export function loadCommonPasswords(): Promise<ReadonlySet<string>> {
  loading ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set(dictionary['passwords-common']),
  )
  return loading
}

/** Digits and signs around and between words that make nobody's password their own. */
const FREE = 6
/** Longer than two of the list together. */
const LONGEST = 80

/**
 * Whether a password, in small letters, is one of the list or two of it together, with a few digits
 * or signs around and between them. Three words are somebody's own choice.
 */
export function isCommonPassword(password: string, list: ReadonlySet<string>): boolean {
  if (password.length > LONGEST) return false
  const together = password.replace(/[^\p{L}\p{N}]+/gu, '')
  const letters = password.replace(/[^\p{L}]+/gu, '')
  const isMostlyLetters = password.length - letters.length <= FREE
  return [password, together, ...(isMostlyLetters ? [letters] : [])].some((text) =>
    isOfTwo(text, list),
  )
}

function isOfTwo(text: string, list: ReadonlySet<string>): boolean {
  if (list.has(text)) return true
  return Array.from(text, (_, at) => at).some(
    (at) => at > 0 && list.has(text.slice(0, at)) && list.has(text.slice(at)),
  )
}
