import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'
import { textsOf } from '../../texts.ts'

export const regexesEndQuickly = rule({
  code: 'regexes-end-quickly',
  severity: 'warning',
  profile: 'recommended',
  title: 'A regular expression repeats nothing that repeats itself.',
  reason:
    "On an unlucky address, (a+)+ takes longer than the universe has been there, and the visitor's browser hangs.",
  fix: 'write the inner part without its own + or *.',
  source: 'https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS',
  catalogue: ['L-T04'],
  *check(places) {
    for (const { at, about, text, sort } of textsOf(places)) {
      if (sort === 'pattern' && repeatsRepetition(text))
        yield {
          at,
          ...(about === undefined ? {} : { about }),
          message: `The regular expression ${quoted(text)} repeats a group that repeats itself, which can take forever.`,
        }
    }
  },
})

/** A group with an open-ended repetition in it that is itself repeated without end. Found by reading, never by running. */
function repeatsRepetition(pattern: string): boolean {
  const stack: boolean[] = []
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]
    if (character === '\\') index++
    else if (character === '[') {
      while (index < pattern.length && pattern[index] !== ']') index += pattern[index] === '\\' ? 2 : 1
      if (isOpenEnded(pattern, index + 1)) stack[stack.length - 1] = true
    } else if (character === '(') stack.push(false)
    else if (character === ')') {
      const inner = stack.pop() ?? false
      const repeated = isOpenEnded(pattern, index + 1)
      if (inner && repeated) return true
      if (stack.length > 0 && (inner || repeated)) stack[stack.length - 1] = true
    } else if (stack.length > 0 && isOpenEnded(pattern, index + 1)) stack[stack.length - 1] = true
  }
  return false
}

function isOpenEnded(pattern: string, index: number): boolean {
  const next = pattern[index]
  if (next === '*' || next === '+') return true
  return next === '{' && /^\{\d+,\}/.test(pattern.slice(index, index + 12))
}
