/** What the gateway asks for whoever listens to changes: registered like any program's documents. */

const PAGE = 100;

export function questionOf(service) {
  return `query Changes($after: String, $province: String) {
  ${service}Changes(first: ${PAGE}, after: $after, province: $province) {
    edges { cursor node { eventType province at payload } } pageInfo { hasNextPage endCursor }
  }
}`;
}

export const QUESTIONS = ['catalogue', 'evaluation', 'feedback'].map(questionOf);
