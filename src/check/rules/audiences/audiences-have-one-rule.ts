import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

const PARTS = ['did', 'didNot', 'inOrder'] as const

export const audiencesHaveOneRule = rule({
  code: 'audiences-have-one-rule',
  severity: 'error',
  profile: 'always',
  title: 'An audience says who is in it, in one way.',
  reason:
    "`did`, `didNot` and `inOrder` are ids of conversions; `filter` is all of it in GA4's own form, and nothing can be added to that.",
  fix: 'write `did`, `inOrder`, or `filter`.',
  source: 'The plan language',
  *check(places) {
    for (const { id, at, audience } of places.audiences) {
      const said = PARTS.filter((part) => audience[part] !== undefined)
      const { filter, within } = audience
      if (filter !== undefined) {
        for (const part of [...said, ...(within === undefined ? [] : (['within'] as const))])
          yield {
            at: `${at}/${part}`,
            about: 'key' as const,
            message: `${quoted(id)} has a \`filter\`, so \`${part}\` says nothing.`,
            fix: `remove \`${part}\`, or remove \`filter\`.`,
          }
        continue
      }
      if (said.length === 0) {
        yield { at, about: 'key', message: `${quoted(id)} does not say who is in it.`, absent: '*' }
        continue
      }
      if (said.length === 1 && said[0] === 'didNot')
        yield {
          at: `${at}/didNot`,
          about: 'key',
          message: `${quoted(id)} says only who is left out: that is nearly everybody.`,
          fix: 'add `did` or `inOrder`.',
          absent: '*',
        }
      // With `within`, who did it long ago and not since: that is somebody.
      if (within === undefined) {
        const { did = [], inOrder = [], didNot = [] } = audience
        for (const [index, conversion] of didNot.entries())
          if (did.includes(conversion) || inOrder.includes(conversion))
            yield {
              at: `${at}/didNot/${index}`,
              message: `${quoted(id)} wants ${quoted(conversion)} done and never done: nobody is in it.`,
              fix: 'remove one of the two, or say with `within` how long ago it may have been.',
            }
        continue
      }
      // Between steps, of which one has none.
      const { inOrder = [] } = audience
      if (!said.includes('didNot') && inOrder.length < 2)
        yield {
          at: `${at}/within`,
          message: `${quoted(id)} has a \`within\`, but neither steps nor anything to look back for.`,
          fix: 'remove it; `keep` is how long a visitor stays in the audience.',
        }
    }
  },
})
