/** What is taken in as it is says what sort of tag it is; of what the plan makes its other words do. */
import { expect, test } from 'vitest'
import { resourceWords } from '../../src/words/resource-words.ts'
import { tagOf } from '../resources/make-resource.ts'

test('another type of a tag that is taken in is a word of its own', () => {
  const typeOf = (id: string, type: string): string | undefined =>
    resourceWords(tagOf(`shop/${id}#tag`, 'Chat', { type }), new Map()).get('Type')
  expect(['html', 'img', 'awct', 'cvt_5DCWJ'].map((type) => typeOf('as-it-is.chat', type))).toEqual([
    'Custom HTML',
    'Custom Image',
    'Google Ads conversion',
    'cvt_5DCWJ',
  ])
  expect(typeOf('purchase', 'gaawe')).toBeUndefined()
})
