import { rule } from '../../rule.ts'

export const javascriptIsAFunction = rule({
  code: 'javascript-is-a-function',
  severity: 'error',
  profile: 'minimal',
  title: 'Custom JavaScript is an anonymous function that returns a value.',
  reason: "GTM calls it; anything else is a syntax error that breaks the container's preview.",
  fix: 'write `function() { return ... }`.',
  source: 'https://support.google.com/tagmanager/answer/7683362',
  catalogue: ['L-T21'],
  *check(places) {
    for (const { at, source, kind } of places.sources) {
      if (kind !== 'javascript' || typeof source !== 'object') continue
      const code = (source.javascript ?? '').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').trim()
      const place = { at: `${at}/javascript` }
      if (!/^function\s*\(\s*\)\s*\{[\s\S]*\}\s*;?$/.test(code))
        yield { ...place, message: 'The JavaScript is not an anonymous function.' }
      else if (!/\breturn\b/.test(code)) yield { ...place, message: 'The function returns nothing.' }
    }
  },
})
