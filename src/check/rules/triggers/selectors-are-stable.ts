import { METHOD, rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const selectorsAreStable = rule({
  code: 'selectors-are-stable',
  severity: 'warning',
  profile: 'recommended',
  title: 'A selector hangs on what was meant to be found.',
  reason:
    'Positions, generated class names and long chains change with the next release, and the trigger falls silent.',
  fix: 'ask for a data- attribute or an id, or better, an event in the data layer.',
  source: METHOD,
  catalogue: ['L-T07'],
  *check(places) {
    for (const { at, text, sort } of textsOf(places)) {
      if (sort !== 'selector') continue
      const why = /:nth-|:first-|:last-|:only-/.test(text)
        ? 'hangs on a position'
        : /\.(css|sc|jsx|jss|_)-?[a-z0-9]*\d[a-z0-9]*|\.[a-z]+_[a-z]+__[A-Za-z0-9]{5,}|\.[a-z]{1,3}[A-Z][a-z]?[A-Z0-9][A-Za-z0-9]{2,}\b/.test(
              text,
            )
          ? 'hangs on a generated class name'
          : text.split(',').some(
                (part) =>
                  part
                    .trim()
                    .replaceAll(/\[[^\]]*\]|\([^)]*\)/g, '')
                    .split(/\s*[\s>+~]\s*/)
                    .filter((step) => step !== '*').length > 4,
              )
            ? 'hangs on more than four levels of the page'
            : undefined
      if (why !== undefined) yield { at, message: `The selector ${quoted(text)} ${why}.` }
    }
  },
})
