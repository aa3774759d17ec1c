import { expect, test } from 'vitest'
import { checkText } from '../files.ts'

/** A file of adults and three of fifteen years. */
function withYoungParents(adults: number): Promise<{ readonly stops: readonly string[] }> {
  const rows = Array.from({ length: adults + 3 }, (_, person) => {
    const year = person < adults ? 1975 + (person % 25) : 2009
    const day = String(1 + (person % 28)).padStart(2, '0')
    const letter = String.fromCharCode(97 + (person % 26))
    return `C-${String(100 + person)},An${letter}a,Lo${letter}we,${day}/04/${String(year)},1`
  })
  return checkText(['Client ID,First name,Surname,Date of birth,Sessions attended', ...rows])
}

test('takes three young parents among many adults for what they are', async () => {
  const { stops } = await withYoungParents(31)
  expect(stops).not.toContain('birth-calendar-doubtful confirm 1')
})

test('asks about the calendar where children of such an age are a tenth of the births', async () => {
  const { stops } = await withYoungParents(20)
  expect(stops).toContain('birth-calendar-doubtful confirm 1')
})
