// A guide of docs/ as a page, laid out in the browser: what it links to opens here as well, if it is here.
import { marked } from '/playground/marked.js';

const MISSING = { vi: 'Không có tài liệu này.', en: 'There is no such document.' };
const GUIDE = /\.md$/;

const element = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search).get('of');
const documents = await fetch('/playground/links.json').then((answer) => answer.json());
const paths = new Set(documents.map(({ path }) => path));
const language = asked?.includes('/docs/vi/') ? 'vi' : 'en';

const addressOf = (path) => (GUIDE.test(path) ? `/playground/guide.html?of=${path}` : path);

const BLOCK = /^(?:<!-- file: \S+ -->\n)?( *)(```+)[^]*?^\1\2`*$/gm;
const EXAMPLE = /^<!-- example: (.+) -->$/gm;
const FILE = /<!-- file: (\S+) -->/;
const escaped = (text) => Object.assign(document.createElement('p'), { textContent: text }).innerHTML;

// A block for a file is called by the file's name; other remarks are for who keeps the guides; any
// other HTML is shown as it is written.
marked.use({
  renderer: {
    html({ text }) {
      const file = FILE.exec(text)?.[1];
      if (file) return `<p><code>${escaped(file)}</code></p>`;
      return text.startsWith('<!--') ? '' : escaped(text);
    },
  },
});

/** In a Vietnamese guide, examples stand by a word of theirs: they are those of the English one. */
async function withExamples(text) {
  if (language !== 'vi') return text;
  const blocks = (await textAt(asked.replace('/docs/vi/', '/docs/'))).match(BLOCK) ?? [];
  return text.replace(EXAMPLE, (_, word) => blocks.find((block) => block.includes(word)) ?? '');
}

/** As GitHub names a heading, which is how the guides refer to it. */
const anchorOf = (text) =>
  text.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N} _-]/gu, '').replaceAll(' ', '-');

function anchor(guide) {
  for (const heading of guide.querySelectorAll('h1, h2, h3, h4')) heading.id = anchorOf(heading.textContent);
}

/** Links to what is served here lead there, those to the web stay, others are words. */
function lead(guide) {
  for (const link of guide.querySelectorAll('a[href]')) {
    const target = new URL(link.getAttribute('href'), new URL(asked, location.href));
    if (target.origin !== location.origin) continue;
    if (paths.has(target.pathname)) link.href = addressOf(target.pathname) + target.hash;
    else link.replaceWith(...link.childNodes);
  }
}

/** Tables and code wider than a telephone move by themselves, with the keyboard too. */
function hold(guide) {
  for (const wide of guide.querySelectorAll('table, pre')) {
    const holder = Object.assign(document.createElement('div'), { className: 'wide', tabIndex: 0 });
    wide.replaceWith(holder);
    holder.append(wide);
  }
}

function showLinks() {
  const shown = documents.filter((each) => each[language]);
  element('links').replaceChildren(
    ...shown.map((each) => {
      const link = Object.assign(document.createElement('a'), {
        href: addressOf(each.path),
        textContent: each[language],
      });
      if (each.path === asked) link.ariaCurrent = 'page';
      const item = document.createElement('li');
      item.append(link);
      return item;
    }),
  );
}

const textAt = (path) => fetch(path).then((answer) => answer.text());

async function textOf(path) {
  if (!paths.has(path) || !GUIDE.test(path)) return `# ${MISSING[language]}`;
  return withExamples(await textAt(path));
}

document.documentElement.lang = language;
showLinks();
const guide = element('guide');
guide.innerHTML = marked.parse(await textOf(asked));
anchor(guide);
lead(guide);
hold(guide);
document.title = `${guide.querySelector('h1')?.textContent ?? ''} – Công vụ KPI`;
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
document.body.dataset.ready = '';
