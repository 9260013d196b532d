import { entitiesIn } from '../../entities.ts'
import { rule } from '../../rule.ts'

export const entitiesHaveANameEach = rule({
  code: 'entities-have-a-name-each',
  severity: 'error',
  profile: 'always',
  title: 'No two entities of a kind that the plan takes in have one name.',
  reason: 'GTM takes a name only once, and the plan knows what it takes in by its name.',
  fix: 'take one of the two out, or give it another name.',
  source:
    'https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces.tags',
  *check(places) {
    const seen = new Set<string>()
    for (const { list, at, entity } of entitiesIn(places.plan)) {
      const name = typeof entity === 'object' && entity !== null && 'name' in entity ? entity.name : undefined
      if (typeof name !== 'string') continue
      const key = `${list} ${name.toLowerCase()}`
      if (seen.has(key))
        yield { at: `${at}/name`, message: `There is another ${list} called ${JSON.stringify(name)}.` }
      seen.add(key)
    }
  },
})
