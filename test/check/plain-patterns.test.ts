/** What is said of patterns is held against the machine that reads them. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isNarrower, isOpenAt, plainTestsOf, type PlainTest } from '../../src/check/plain-patterns.ts'

const piece = fc.constantFrom(
  'a',
  'b',
  '/',
  '\\/',
  '\\.',
  '.',
  '.*',
  '^',
  '$',
  '|',
  '(',
  ')',
  '(?:',
  '?',
  '\\d',
  '[ab/]',
  '+',
)
const pattern = fc
  .array(piece, { maxLength: 9 })
  .map((pieces) => pieces.join(''))
  .filter(isPattern)
const text = fc
  .array(fc.constantFrom('a', 'b', '/', '.', '1'), { maxLength: 7 })
  .map((signs) => signs.join(''))

function isPattern(said: string): boolean {
  try {
    return new RegExp(said) instanceof RegExp
  } catch {
    return false
  }
}

function passes(said: string, { operator, value }: PlainTest): boolean {
  if (operator === 'equals') return said === value
  return operator === 'contains' ? said.includes(value) : said[operator](value)
}

test('a pattern in plain words holds of the texts that the pattern holds of, and of no others', () => {
  let read = 0
  fc.assert(
    fc.property(pattern, text, (one, said) => {
      const plain = plainTestsOf(one)
      if (plain === undefined) return
      read++
      expect(
        plain.some((each) => passes(said, each)),
        one,
      ).toBe(new RegExp(one).test(said))
    }),
    { seed: 9, numRuns: 4000 },
  )
  expect(read).toBeGreaterThan(1000)
})

test('what the narrower of two patterns holds of, the other holds of', () => {
  let narrower = 0
  fc.assert(
    fc.property(pattern, fc.array(piece, { maxLength: 4 }), text, (one, more, said) => {
      const longer = one + more.join('')
      if (!isPattern(longer) || !isNarrower(longer, one) || !new RegExp(longer).test(said)) return
      narrower++
      expect(new RegExp(one).test(said), `${longer} within ${one}`).toBe(true)
    }),
    { seed: 9, numRuns: 6000 },
  )
  expect(narrower).toBeGreaterThan(100)
})

test('a pattern that asks for no beginning or no end holds of what is longer there', () => {
  fc.assert(
    fc.property(pattern, text, text, text, (one, before, said, after) => {
      const held = new RegExp(one)
      if (!held.test(said)) return
      if (isOpenAt('start', one)) expect(held.test(before + said), one).toBe(true)
      if (isOpenAt('end', one)) expect(held.test(said + after), one).toBe(true)
    }),
    { seed: 9, numRuns: 4000 },
  )
})
