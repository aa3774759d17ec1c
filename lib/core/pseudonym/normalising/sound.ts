/**
 * What a name sounds like, so that spellings of one name are one.
 * Source: docs/pseudonymisation.md, "Alternates and sound", "Sound".
 */

/** The letters that sound like another, or like nothing but at the beginning of a name. */
const SOUNDS: Readonly<Record<string, string>> = {
  ...{ Q: 'K', C: 'K', X: 'H', Y: 'I', J: 'I', W: 'V', Z: 'S' },
}
const SILENT = 'AEIOUH'

const A = 0x41
const LETTERS = Array.from({ length: 26 }, (_, index) => {
  const letter = String.fromCharCode(A + index)
  return SOUNDS[letter] ?? letter
})
const IS_SILENT = LETTERS.map((letter) => SILENT.includes(letter))
const [P, H] = [0x50, 0x48]

/**
 * The sound of a normalised name; never empty of one that is not. Letter by letter, which comes to
 * the same as one replacement after another: H is heard at the beginning alone, so that of the pairs
 * with it only PH is more than its first letter, and the K of CK makes a run with the one before it.
 */
export function soundOf(name: string): string {
  let sound = ''
  let last = ''
  for (let i = 0; i < name.length; i++) {
    const code = name.charCodeAt(i)
    let heard: string
    if (code > 0x7f) {
      heard = String.fromCodePoint(name.codePointAt(i) ?? 0)
      i += heard.length - 1
    } else if (code === P && name.charCodeAt(i + 1) === H) {
      heard = 'F'
      i++
    } else {
      if (sound !== '' && IS_SILENT[code - A] === true) continue
      heard = LETTERS[code - A] ?? ''
    }
    if (heard === last) continue
    sound += heard
    last = heard
  }
  return sound
}
