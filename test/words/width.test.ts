import stringWidth from 'string-width'
import { expect, test } from 'vitest'
import { columns, PLAIN } from '../../src/words/width.ts'

test('what is taken for plain is one column a character, alone and after another, as the library has it', () => {
  const plain = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
    (character) => !/[\ud800-\udfff]/.test(character) && PLAIN.test(character),
  )
  expect(plain.length).toBeGreaterThan(500)
  expect(plain.filter((character) => stringWidth(`a${character}`) !== 2)).toEqual([])
})

test.each([
  ['', 0],
  ['Größe → “hoch”…', 15],
  ['e\u0301', 1],
  ['消費税', 6],
  ['شراء', 4],
  ['👩‍💻', 2],
])('%j is %d wide', (text, width) => expect(columns(text)).toBe(width))
