/** Different words whose answers are kept; a column of codes has few. */
const MOST = 4096
/** Longer cells are no words. */
const LONGEST = 100

/**
 * Asks what is remembered of a word once, however many rows have it. A longer cell is no word, and
 * of a column with more different ones than are kept nothing further is asked.
 */
export function recalling(
  ask: (word: string) => string | undefined,
): (word: string) => string | undefined {
  const known = new Map<string, string | undefined>()
  return (word) => {
    if (word === '' || word.length > LONGEST) return undefined
    if (known.has(word)) return known.get(word)
    if (known.size >= MOST) return undefined
    const answer = ask(word)
    known.set(word, answer)
    return answer
  }
}
