import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const htmlIsThere = rule({
  code: 'html-is-there',
  severity: 'error',
  profile: 'always',
  title: 'A destination of the kind html has some, and runs somewhere.',
  reason:
    'GTM refuses a Custom HTML tag without any; without an occasion there would be no tag at all, and nobody would see it.',
  fix: 'add `html: ./tags/FILE.html`, a file beside the plan, or the HTML itself.',
  source: 'The plan language',
  *check({ destinations, conversions }) {
    for (const { id, at, destination } of destinations) {
      if (destination.kind !== 'html') continue
      if (destination.html === undefined)
        yield { at, about: 'key', absent: 'html', message: `${quoted(id)} is of the kind html and has none.` }
      else if (isNoCode(destination.html))
        yield {
          at: `${at}/html`,
          message: `The HTML of ${quoted(id)} is no code.`,
          fix: 'write the code itself, or the name of a file that ends in .html.',
        }
      const runs =
        destination.trigger !== undefined ||
        destination.sends === 'goals' ||
        conversions.some(({ data }) => (data.send?.[id] ?? false) !== false)
      if (!runs)
        yield {
          at,
          about: 'key',
          absent: 'trigger',
          message: `The HTML of ${quoted(id)} runs nowhere: it has no trigger, and no conversion is sent there.`,
          fix: `add \`trigger: { page: viewed }\`, or \`send: { ${id}: true }\` to a conversion.`,
        }
    }
  },
})

/** Nothing at all, or one word: a name of a file, as it seems. */
function isNoCode(html: string | readonly string[]): boolean {
  const text = typeof html === 'string' ? html : html.join('\n')
  return /^[^\s<]*$/.test(text.trim())
}
