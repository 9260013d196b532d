import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'
import { selectorProblem } from '../../selectors.ts'

/** With the quotes of CSS in place of typographic ones; those round all of it were meant for YAML. */
function straight(selector: string): string {
  return selector.replace(/^[“”„«‘](.*)[“”»’]$/, '$1').replaceAll(/[“”„«»‘’]/g, '"')
}

export const selectorsParse = rule({
  code: 'selectors-parse',
  severity: 'error',
  profile: 'minimal',
  title: 'A CSS selector is one that the browser reads.',
  reason: 'The browser throws on any other, and the trigger never fires.',
  fix: "mend the selector; jQuery's own words (:contains, :visible, :eq) are not CSS.",
  source: 'https://developer.mozilla.org/en-US/docs/Web/CSS/CSS_selectors',
  catalogue: ['L-T06'],
  *check(places) {
    for (const { at, text, sort } of textsOf(places)) {
      const problem = sort === 'selector' ? selectorProblem(text) : undefined
      if (problem !== undefined)
        yield {
          at,
          message: `The selector ${quoted(text)} does not parse: ${problem}.`,
          ...(straight(text) === text ? {} : { fix: `write '${straight(text)}'.` }),
        }
    }
  },
})
