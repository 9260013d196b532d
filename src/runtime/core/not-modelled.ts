/**
 * What this runtime does not re-state. Whatever rests on one of these is undecided, never a silent no, and a proof that
 * rests on it is "not proven". `source` says where it stands that Google's runtime does something there.
 */
export const NOT_MODELLED = {
  'custom-template': {
    why: 'A variable or tag made from a template of the gallery runs code that is not in the container’s entities.',
    source: 'Tag Manager API, container versions: customTemplate',
  },
  'variable-type': {
    why: 'Variables of this type are not re-stated.',
    source: 'GTM-RUNTIME 6',
  },
  'variable-missing': {
    why: 'The container has no variable of this name.',
    source: 'GTM-RUNTIME 6',
  },
  'url-match': {
    why: 'The condition “matches URL” tolerates differences of case, port and slashes in ways that were only read.',
    source: 'GTM-RUNTIME 5.2',
  },
  'condition-type': {
    why: 'Conditions of this type are not re-stated.',
    source: 'GTM-RUNTIME 5.2',
  },
  'replace-part-of-a-match': {
    why: 'What a regex table gives that replaces after a partial match was not observed.',
    source: 'GTM-RUNTIME 6',
  },
  'needs-a-page': {
    why: 'It is read from a real page (script, element, global variable); level logic has none.',
    source: 'GTM-RUNTIME 6',
  },
  'selector-not-read': {
    why: 'The selector uses what only a browser can match; level logic reads names, ids, classes, attributes and how they nest.',
    source: 'Selectors Level 4',
  },
  'gtag-call': {
    why: 'Calls of gtag("event") and gtag("config") on the page itself go to Google’s library, not through the container.',
    source: 'GTM-RUNTIME 3',
  },
  'consent-by-region': {
    why: 'Consent defaults with a region depend on where the visitor is, which only Google’s servers know.',
    source: 'DESTINATIONS 3',
  },
  'universal-analytics-ecommerce': {
    why: 'An ecommerce object in the form of Universal Analytics is translated by Google’s tag in ways that were only read.',
    source: 'GTM-RUNTIME 7',
  },
  'setup-outcome': {
    why: 'Whether a setup tag counts as failed when consent holds it back, or when it has nothing to send, is open.',
    source: 'DESTINATIONS, open questions, 4',
  },
  'trigger-type': {
    why: 'Triggers of this type are not re-stated.',
    source: 'GTM-RUNTIME 5.1',
  },
  'listener-start': {
    why: 'When this listener starts depends on a condition that is undecided.',
    source: 'GTM-RUNTIME 5.1',
  },
  'event-name': {
    why: 'Some copies of Google’s runtime push this event beside the other one, and some do not.',
    source: 'GTM-RUNTIME 5.1',
  },
  'key-not-filled': {
    why: 'Google’s listener fills this key of the data layer; what it then holds is not re-stated.',
    source: 'GTM-RUNTIME 5.1',
  },
  'known-when-published': {
    why: 'It is decided when the container is published or looked at.',
    source: 'GTM-RUNTIME 6',
  },
  'group-member': {
    why: 'A member of the trigger group is undecided.',
    source: 'GTM-RUNTIME 5.1',
  },
} as const satisfies { readonly [code: string]: { readonly why: string; readonly source: string } }

/**
 * A key that our listeners leave empty and Google's fill, with the one that shows that the listener has spoken; undefined
 * for every other key. (GTM-RUNTIME 5.1)
 */
export function notFilledBeside(key: string): string | undefined {
  if (/^gtm\.video(Duration|CurrentTime|ElapsedTime)$/.test(key)) return 'gtm.videoStatus'
  return /^gtm\.(interactedForm|formSubmitElement)/.test(key) ? 'gtm.formCanceled' : undefined
}

/** Events that some copies of Google's runtime push beside another one (GTM-RUNTIME 5.1). */
export const PERHAPS_BESIDE: { readonly [event: string]: string } = {
  'gtm.click': 'gtm.click-v2',
  'gtm.historyChange': 'gtm.historyChange-v2',
}

export type NotModelledCode = keyof typeof NOT_MODELLED
