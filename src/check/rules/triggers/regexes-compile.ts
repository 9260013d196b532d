import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { lackingInRe2, patternsOfGa4, textsOf } from '../../texts.ts'

export const regexesCompile = rule({
  code: 'regexes-compile',
  severity: 'error',
  profile: 'always',
  title: 'A regular expression compiles in JavaScript.',
  reason:
    'GTM runs it in the browser and swallows the error: a broken one silently matches nothing. GA4 refuses it.',
  fix: 'mend the expression.',
  source: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Guide/Regular_expressions',
  catalogue: ['L-T03'],
  *check(places) {
    for (const { at, about, text, sort } of textsOf(places)) {
      if (sort !== 'pattern') continue
      const problem = problemOf(text)
      if (problem === undefined) continue
      const inline = /^\(\?[a-z]+\)/.test(text)
      const fix = inline
        ? 'write `ignoreCase: true` beside the expression instead of (?i).'
        : 'mend the expression; in YAML, single quotes keep backslashes as they are.'
      yield {
        at,
        ...(about === undefined ? {} : { about }),
        message: `The regular expression ${quoted(text)} does not compile: ${problem}.`,
        fix,
      }
    }
    for (const { at, text } of patternsOfGa4(places)) {
      // RE2 reads flags in front, which JavaScript does not.
      const problem = problemOf(text.replace(/^\(\?[imsU]+\)/, ''))
      const lacking = lackingInRe2(text)
      if (problem !== undefined)
        yield {
          at,
          message: `The regular expression ${quoted(text)} does not compile: ${problem}.`,
          fix: 'mend the expression; in YAML, single quotes keep backslashes as they are.',
        }
      else if (lacking !== undefined)
        yield {
          at,
          message: `The regular expression ${quoted(text)} uses ${lacking}, and GA4 refuses that.`,
          fix: `write it without ${lacking}; a condition of a derived event may have \`not: true\`.`,
        }
    }
  },
})

function problemOf(pattern: string): string | undefined {
  try {
    new RegExp(pattern)
    return undefined
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    return words
      .replace(/^Invalid regular expression: /, '')
      .replace(/^\/.*\/[a-z]*: /s, '')
      .toLowerCase()
  }
}
