/** What the gateway itself tells a caller, in Vietnamese and English. */
import { readFileSync } from 'node:fs';

const MESSAGES = JSON.parse(readFileSync(new URL('../messages.json', import.meta.url), 'utf8'));

/** The language a caller reads, from Accept-Language; Vietnamese unless English is asked for. */
export function languageOf(acceptLanguage) {
  const ranked = String(acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag, ...params] = part.trim().toLowerCase().split(';');
      const quality = params.map((param) => param.trim()).find((param) => param.startsWith('q='));
      return { tag: tag.split('-')[0], quality: quality ? Number(quality.slice(2)) : 1 };
    })
    .filter(({ tag, quality }) => (tag === 'vi' || tag === 'en') && quality > 0)
    .sort((left, right) => right.quality - left.quality);
  return ranked[0]?.tag ?? 'vi';
}

export function message(key, acceptLanguage) {
  return MESSAGES[key][languageOf(acceptLanguage)];
}
