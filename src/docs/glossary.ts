/** The words of the documents, for whoever meets them the first time. */
export const GLOSSARY: readonly { readonly term: string; readonly text: string }[] = [
  {
    term: 'Goal',
    text: 'A business outcome, such as an order or a request. Also called a macro conversion.',
  },
  { term: 'Stage', text: 'A step on the way to a goal, such as awareness, consideration or decision.' },
  {
    term: 'Micro conversion',
    text: 'A small action within a stage that leads to one or more goals. It shows early whether the way works.',
  },
  { term: 'Conversion', text: 'A goal or a micro conversion.' },
  { term: 'Touchpoint', text: 'Where it happens: a page, the checkout, an e-mail, a push message.' },
  { term: 'UX outcome', text: 'What the visitor achieves by it. A conversion without one serves only us.' },
  {
    term: 'Target',
    text: 'The number that is to be reached. A rate is a share of sessions or of another conversion.',
  },
  { term: 'Benchmark', text: 'The range that is usual in a channel and on a device, to judge a target by.' },
  {
    term: 'Weight',
    text: 'The share of a goal’s value that one micro conversion is worth: weight × value of the goal.',
  },
  { term: 'Guardrail', text: 'A number that must not fall while something else is being improved.' },
  { term: 'Effort', text: 'How hard it is to improve, from 1 (easy) to 5.' },
  { term: 'Expected lift', text: 'How much better it could get, by the owner’s judgement.' },
  { term: 'Event', text: 'What GA4 receives when something happens. Its name never changes; titles may.' },
  { term: 'Parameter', text: 'A value that an event carries, such as where a form stood.' },
  { term: 'Key event', text: 'An event that GA4 counts as a conversion. A property holds 30 of them.' },
  {
    term: 'Data layer',
    text: 'The list on the page into which the site pushes what has happened, for Tag Manager to read.',
  },
  {
    term: 'Tag, trigger, variable',
    text: 'In Tag Manager: what is sent, when, and the values that go into it.',
  },
  { term: 'Container', text: 'A website’s set of tags in Google Tag Manager, GTM-…' },
  { term: 'Property', text: 'A website’s place in Google Analytics 4; G-… is the id of its data stream.' },
  {
    term: 'Custom dimension, custom metric',
    text: 'A parameter that is registered in GA4, so that reports can show it or add it up.',
  },
]
