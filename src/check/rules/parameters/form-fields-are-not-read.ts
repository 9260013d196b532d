import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const formFieldsAreNotRead = rule({
  code: 'form-fields-are-not-read',
  severity: 'error',
  profile: 'minimal',
  title: 'No parameter is read from a form field.',
  reason: 'People type their names and addresses there.',
  fix: 'send the name of the form, or what was chosen from a fixed list, through the data layer.',
  source: 'https://support.google.com/analytics/answer/6366371',
  catalogue: ['L-D07'],
  *check(places) {
    for (const { at, name, source, use } of places.sources) {
      // What visitors say of themselves is theirs to type, and no parameter.
      if (use === 'condition' || use === 'visitor') continue
      if (typeof source !== 'object' || source.element === undefined) continue
      const { selector = '', attribute } = source.element
      if (attribute === 'value' || /(^|[\s>+~,])(input|textarea)\b/.test(selector))
        yield { at, message: `${quoted(name)} is read from a form field.` }
    }
  },
})
