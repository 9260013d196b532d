import { rule } from '../../rule.ts'
import { quoted } from '../../schema/words.ts'

export const clickSelectorsIncludeDescendants = rule({
  code: 'click-selectors-include-descendants',
  severity: 'warning',
  profile: 'recommended',
  title: 'A click selector includes what is inside the element.',
  reason:
    'The clicked element is the icon or the text inside the button, not the button: without `, x *` those clicks are lost.',
  fix: 'add the descendants: `a.cta, a.cta *`; or use a link trigger, which looks upwards.',
  source: 'https://support.google.com/tagmanager/answer/7679320',
  catalogue: ['L-T06'],
  *check(places) {
    for (const { triggers } of places.conversions) {
      for (const { at, trigger } of triggers) {
        const { selector, id } = trigger.click ?? {}
        if (
          selector !== undefined &&
          !/\*\s*(,|$)/.test(selector) &&
          !/(^|[\s>+~,])(input|select|textarea|video|img)\b[^\s>+~,]*$/.test(selector)
        )
          yield {
            at: `${at}/click/selector`,
            message: `${quoted(selector)} misses clicks on what is inside the element.`,
            fix: `write ${quoted(withInside(selector))}.`,
          }
        if (id !== undefined)
          yield {
            at: `${at}/click/id`,
            message: `The id ${quoted(id)} misses clicks on what is inside the element.`,
            fix: `write \`selector: ${quoted(withInside(/^[a-z_][\w-]*$/i.test(id) ? `#${id}` : `[id='${id}']`))}\`.`,
          }
      }
    }
  },
})

function withInside(selector: string): string {
  return selector
    .split(',')
    .map((part) => `${part.trim()}, ${part.trim()} *`)
    .join(', ')
}
