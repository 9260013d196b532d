/** The kinds of site that a first plan is written for, in words that go on "the site". */
export const SITE_KINDS = {
  shop: 'sells things: cart, checkout, purchase',
  leads: 'is asked for things: inquiries, appointments, quotes',
  software: 'is subscribed to: trial, onboarding, payment',
  content: 'is read: articles, newsletter',
} as const

export type SiteKind = keyof typeof SITE_KINDS
