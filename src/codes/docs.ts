/** The codes of what is found when pushes are held against the data layer contract. */
import { codes } from './facts.ts'

const CONTRACT = 'The data layer contract of the plan'

export const DOCS_CODES = codes({
  'pushes-are-readable': {
    severity: 'error',
    title: 'A file of pushes holds JSON: a list, one push, or a push a line.',
    reason: 'What cannot be read cannot be checked.',
    fix: 'Save it as JSON, or as one JSON object a line.',
    source: CONTRACT,
  },
  'push-is-planned': {
    severity: 'warning',
    title: 'A push that looks like a planned event is one.',
    reason: 'The plan listens for the exact name: a push under another one counts nothing.',
    fix: 'Push the name that the plan has, or change the plan.',
    source: CONTRACT,
  },
  'push-has-its-keys': {
    severity: 'error',
    title: 'A push carries every key that the plan takes from it.',
    reason: 'A missing key reaches GA4 as an empty value, or keeps the conversion from counting.',
    fix: 'Push the key with the event, or give it a default in the plan.',
    source: CONTRACT,
  },
  'push-values-fit': {
    severity: 'error',
    title: 'The values of a push have the type, the list and the length that the plan states.',
    reason:
      'GA4 cuts long texts, cannot add up numbers that are texts, and reports misspelt values as new ones.',
    fix: 'Push a value of that type, from that list.',
    source: 'https://support.google.com/analytics/answer/9267744',
  },
  'push-holds-no-person': {
    severity: 'error',
    title: 'A push of a planned event holds nothing about a person.',
    reason: 'Google forbids it in GA4, and whatever is in the data layer can be sent by any tag.',
    fix: 'Leave it out of the push.',
    source: 'https://support.google.com/analytics/answer/6366371',
  },
  'documents-are-current': {
    severity: 'error',
    title: 'Committed documents say what the plan says.',
    reason: 'People agree on what they read. A document that is older than its plan is agreed on in vain.',
    fix: 'Run `plan docs --no-history` with the same options and commit what it writes.',
    source: 'plan docs --check',
  },
  'pages-are-drawn': {
    severity: 'error',
    title: 'The templates of a page can be drawn.',
    reason: 'A template of your own takes the place of ours, and this one is broken.',
    fix: 'Put the named template right, or take it away, so that ours is used.',
    source: 'templates/pages',
  },
})
