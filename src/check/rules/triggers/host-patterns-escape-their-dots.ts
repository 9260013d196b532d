import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const hostPatternsEscapeTheirDots = rule({
  code: 'host-patterns-escape-their-dots',
  severity: 'warning',
  profile: 'recommended',
  title: 'A pattern on a host name escapes its dots.',
  reason: 'A dot stands for any character: `shop.example` also matches `shopxexample.attacker.test`.',
  fix: 'write \\. for a dot, and anchor the pattern with ^ and $.',
  source: 'https://developer.mozilla.org/en-US/docs/Web/JavaScript/Guide/Regular_expressions',
  catalogue: ['L-T05'],
  *check(places) {
    for (const { at, about, text, sort, on } of textsOf(places)) {
      if (
        sort === 'pattern' &&
        (on === 'host' || on === 'url') &&
        /[a-z0-9-](?<!\\)\.(com|org|net|io|example|test|[a-z]{2})\b/.test(text)
      )
        yield {
          at,
          ...(about === undefined ? {} : { about }),
          message: `The dots in ${quoted(text)} stand for any character.`,
        }
    }
  },
})
