/**
 * How words of headers and code lists are compared: by their letters and digits alone.
 */

/**
 * The letters and digits of a text, lower case and without accents: "White – British" and "WHITE
 * BRITISH" are equal.
 */
export function codeKey(text: string): string {
  let key = ''
  let plain = true
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0x7f) {
      plain = false
      break
    }
    if ((unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a)) key += text[index] ?? ''
    else if (unit >= 0x41 && unit <= 0x5a) key += String.fromCharCode(unit + 32)
  }
  if (plain) return key
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/**
 * The words of a header in lower case without accents: runs of letters and runs of digits, split
 * where lower case meets upper, so "clientID" is two.
 */
export function headerWords(header: string): string[] {
  const text = header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’‘`]/g, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return text.match(/[\p{L}]+|[\p{N}]+/gu) ?? []
}
