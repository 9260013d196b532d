import { pointerOf } from '../../../plan/diagnostic.ts'
import { placesIn } from '../../../sources/text.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const textsFillTheirPlaces = rule({
  code: 'texts-fill-their-places',
  severity: 'error',
  profile: 'always',
  title: 'Every name in braces has its value, and every value its name.',
  reason:
    'A name without a value would be sent as it is written, braces and all; a value without a name is never sent.',
  fix: 'write the same names in `text` and in `with`, for example { text: "{kind}-{size}", with: { kind: ..., size: ... } }.',
  source: 'The plan language',
  *check(places) {
    for (const { at, source } of places.sources) {
      if (typeof source !== 'object') continue
      const values = Object.keys(source.with ?? {})
      if (source.text === undefined) {
        if (source.with !== undefined)
          yield {
            at: `${at}/with`,
            about: 'key',
            message: '`with` goes with `text` only.',
            fix: 'remove it.',
          }
        continue
      }
      const places = placesIn(source.text)
      if (places.length === 0 && values.length === 0)
        yield {
          at: `${at}/text`,
          message: 'The text is always the same.',
          fix: 'write the text itself, or a name in braces for what changes.',
        }
      const [empty] = places.filter((name) => !values.includes(name))
      if (empty !== undefined)
        yield { at: `${at}/text`, message: `${quoted(`{${empty}}`)} has no value in \`with\`.` }
      const [unused] = values.filter((name) => !places.includes(name))
      if (unused !== undefined)
        yield {
          at: at + pointerOf('with', unused),
          about: 'key',
          message: `${quoted(unused)} stands nowhere in the text.`,
        }
    }
  },
})
