import { holdsBraces, soleVariableIn } from '../../../resources/braces.ts'
import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const textsHoldNoReferences = rule({
  code: 'texts-hold-no-references',
  severity: 'error',
  profile: 'always',
  title: 'A text holds no {{ }}.',
  reason:
    'GTM reads {{Name}} in any value as a reference to a variable: a text from the plan would become something else, or break the container.',
  fix: 'to use a variable write `{ variable: Name }`; otherwise take the braces out.',
  source: 'https://support.google.com/tagmanager/answer/7683056',
  *check(places) {
    for (const { at, about, text, sort, on } of textsOf(places)) {
      if (!holdsBraces(text)) continue
      const name = soleVariableIn(text)?.trim()
      const fix =
        sort === 'code'
          ? 'put a space between the two braces.'
          : on === 'send'
            ? 'take the braces out: a vendor hears one name, and its values under `parameters`.'
            : name === undefined
              ? undefined
              : `write { variable: ${quoted(name)} } to use the variable of that name.`
      yield {
        at,
        ...(about === undefined ? {} : { about }),
        message: `${quoted(text)} holds {{, which GTM reads as a reference to a variable.`,
        ...(fix === undefined ? {} : { fix }),
      }
    }
  },
})
