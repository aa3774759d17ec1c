import { expect, test } from 'vitest'
import { ownCookies } from '#server/portal/serving/own-cookies.ts'

const names = new Set(['countonce-session', 'countonce-csrf'])

test('[S67] of a thousand cookies ours alone go on, each once and as it came', () => {
  const others = Array.from({ length: 1000 }, (_, at) => `a${String(at)}=b`).join('; ')
  expect(
    ownCookies(`${others}; countonce-session=t=1; ${others};countonce-csrf="x y"`, names),
  ).toBe('countonce-session=t=1; countonce-csrf="x y"')
  const many = Array.from({ length: 1000 }, () => 'countonce-session=other').join('; ')
  expect(ownCookies(`countonce-session=first; ${many}`, names)).toBe('countonce-session=first')
  expect(ownCookies('countonce-session; =; ;;countonce-sessio=1; __proto__=1', names)).toBe('')
})
