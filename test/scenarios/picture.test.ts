import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { drawPicture, PICTURE } from '../../scripts/picture.ts'

test('the README’s picture shows what plan diff prints today: npm run generate draws it anew', async () => {
  expect(await drawPicture('.')).toBe(readFileSync(PICTURE, 'utf8'))
})
