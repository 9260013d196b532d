/** The codes of what is found after the check: when a plan is compiled, extended, or compared with an export. */
import { codes, LANGUAGE, METHOD } from './facts.ts'

export const COMPILE_CODES = codes({
  'templates-render-entities': {
    severity: 'error',
    title: 'A template renders an entity that GTM knows.',
    reason:
      'Google drops fields that it does not know without a word, and text that is no JSON cannot be sent.',
    fix: 'Compare the template with the one that comes with the product, in templates/gtm.',
    source:
      'https://developers.google.com/tag-platform/tag-manager/api/reference/rest/v2/accounts.containers.workspaces.tags',
  },
  'container-has-room': {
    severity: 'warning',
    title: 'What the plan adds stays below 70 % of what a container may weigh.',
    reason:
      'GTM refuses to publish a container of more than about 200 KB, and visitors load all of it on every page.',
    fix: 'Let conversions share events and parameters, or move some of them to a container of their own.',
    source: 'https://support.google.com/tagmanager/answer/6103657',
  },
  'export-is-readable': {
    severity: 'error',
    title: 'A container file is one that GTM has exported.',
    reason:
      'Nothing can be read from another format, and reading half of it would show differences that are not there.',
    fix: 'Export the container in GTM: Admin, Export Container.',
    source: 'https://support.google.com/tagmanager/answer/6106997',
  },
  'stage-is-known': {
    severity: 'error',
    title: 'A conversion is added to a stage of the file.',
    reason: 'The stage decides what the conversion is compared with and where its tag lies.',
    fix: 'Name a stage that stands in this file; stages of a plan that it extends are in that file.',
    source: LANGUAGE,
  },
  'stage-is-readable': {
    severity: 'error',
    title: 'The stage that a conversion is added to holds a map of micro conversions.',
    reason: 'The file is edited as text, at the end of that map.',
    fix: 'Write `micro: {}` into the stage, then add to it.',
    source: LANGUAGE,
  },
  'stage-has-room': {
    severity: 'error',
    title: 'A stage that a conversion is added to has fewer than five.',
    reason: 'More than five are noise that nobody acts on, and the plan would no longer be valid.',
    fix: 'Take one out, or add it to another stage.',
    source: METHOD,
  },
})
