import { rule } from '../../rule.ts'
import { htmlLines } from '../../html-lines.ts'
import { quoted } from '../../schema/words.ts'

export const htmlDoesNotWriteTheDocument = rule({
  code: 'html-does-not-write-the-document',
  severity: 'error',
  profile: 'minimal',
  title: "A plan's own HTML does not call document.write.",
  reason:
    'GTM runs it when the page has been read: what is written then takes the place of the whole page. The plan never switches GTM’s way round that on.',
  fix: 'make an element, and append it: `document.body.appendChild(element)`.',
  source: 'https://support.google.com/tagmanager/answer/6107167',
  *check(places) {
    for (const { id, at, code } of htmlLines(places))
      if (/\bdocument\s*\.\s*write(ln)?\s*\(/.test(code))
        yield { at, message: `The HTML of ${quoted(id)} calls document.write.` }
  },
})
