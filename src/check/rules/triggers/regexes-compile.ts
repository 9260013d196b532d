import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const regexesCompile = rule({
  code: 'regexes-compile',
  severity: 'error',
  profile: 'always',
  title: 'A regular expression compiles in JavaScript.',
  reason: 'GTM runs it in the browser and swallows the error: a broken one silently matches nothing.',
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
