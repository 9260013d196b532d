import { destinationKinds, destinationModule } from '../../../destinations/kinds.ts'
import { pointerOf } from '../../../plan/diagnostic.ts'
import { rule } from '../../rule.ts'
import { and } from '../../../words/counting.ts'
import { quoted } from '../../schema/words.ts'

export const templatesAreAcknowledged = rule({
  code: 'templates-are-acknowledged',
  severity: 'error',
  profile: 'always',
  title: 'A template of the gallery is one that somebody has read and allowed.',
  reason:
    'Its code is its author’s and runs on your site; Tag Manager takes it only with its permissions acknowledged, and nobody but you can do that.',
  fix: 'read that commit of the template, what it does and which permissions it asks for, and write the commit under `acknowledge`.',
  source: 'https://developers.google.com/tag-platform/tag-manager/templates/gallery',
  *check(places) {
    const commits = new Map<string, string>()
    for (const [name, { kind, via, acknowledge }] of Object.entries(places.plan.destinations ?? {})) {
      const { title, gallery } = destinationModule(kind)
      const of = (key: string): string => pointerOf('destinations', name, key)
      if (via === undefined) {
        if (acknowledge !== undefined)
          yield {
            at: of('acknowledge'),
            about: 'key',
            message: `${quoted(name)} acknowledges a template and takes none.`,
            fix: 'add `via: gallery` if its tags are to be of the vendor’s template, or remove this.',
          }
      } else if (gallery === undefined)
        yield {
          at: of('via'),
          message: `Of no template of ${title} in the gallery is it known which fields it has; known are those of ${knownTitles()}.`,
          fix: 'remove it: the tags are the plan’s own then.',
        }
      else {
        const { owner, repository } = gallery
        const before = commits.get(kind)
        if (acknowledge === undefined)
          yield {
            at: of('via'),
            restsOn: [of('acknowledge')],
            message: `${quoted(name)} would run the code of github.com/${owner}/${repository} on the site, and the plan does not acknowledge it.`,
            fix: `read the template at github.com/${owner}/${repository} (template.tpl: the code and its permissions) and add \`acknowledge:\` with the forty digits of that commit.`,
          }
        else if (before !== undefined && before !== acknowledge)
          yield {
            at: of('acknowledge'),
            message: `A container holds ${owner}/${repository} once, and another destination acknowledges ${before}.`,
            fix: 'acknowledge one commit in both.',
          }
        if (acknowledge !== undefined) commits.set(kind, acknowledge)
      }
    }
  },
})

function knownTitles(): string {
  return and(
    destinationKinds().flatMap((kind) => {
      const { title, gallery } = destinationModule(kind)
      return gallery === undefined ? [] : [title]
    }),
  )
}
