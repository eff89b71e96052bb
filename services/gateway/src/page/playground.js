// The bar above GraphiQL: who asks, which example, what was asked before, in which language.
import { current, openTab, show } from './tabs.js';

const ENDPOINT = '/graphql';
const HISTORY_MAX = 30;
const NOBODY = {
  role: '',
  label: { vi: 'Khách, không đăng nhập', en: 'Visitor, not signed in' },
  token: null,
};
const WELCOME = {
  name: { vi: 'Bắt đầu', en: 'Start here' },
  query: `# Chọn vai trò và ví dụ ở thanh trên, rồi bấm nút chạy (Ctrl-Enter).
# Choose a role and an example in the bar above, then press the run button (Ctrl-Enter).

query Start {
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}
`,
};
const WORDS = {
  choose: { vi: 'Mở trong thẻ mới…', en: 'Open in a new tab…' },
  asked: { vi: 'Đã hỏi…', en: 'Asked before…' },
  forget: { vi: 'Xóa lịch sử', en: 'Clear the history' },
  copied: { vi: 'Đã chép.', en: 'Copied.' },
  address: {
    vi: 'Liên kết nằm ở thanh địa chỉ của trình duyệt.',
    en: 'The link stands in the address bar.',
  },
  refused: { vi: 'Trình duyệt không cho chép.', en: 'The browser does not let it be copied.' },
};

const element = (id) => document.getElementById(id);
const [roleBox, exampleBox, historyBox, languageBox] = ['role', 'example', 'history', 'language'].map(
  element,
);

/** What is kept in this browser: names and what was asked, never a token. */
const kept = {
  get: (name, otherwise) => JSON.parse(localStorage.getItem(`congvu:${name}`)) ?? otherwise,
  set: (name, value) => localStorage.setItem(`congvu:${name}`, JSON.stringify(value)),
};

let callers = [NOBODY];
let examples = [WELCOME];

const language = () => languageBox.value;
const said = (text) => text[language()] ?? text;
const labelOf = ({ label, role }) => (role ? `${said(label)} (${role})` : said(label));
const nameOf = ({ name, en }) => (language() === 'en' && en) || said(name);
const chosen = () => callers.find(({ role }) => role === roleBox.value) ?? NOBODY;

// What is typed into the Headers tab wins over the bar.
const plainFetch = globalThis.fetch.bind(globalThis);
globalThis.fetch = (target, options = {}) => {
  const url = new URL(target?.url ?? target, location.href);
  if (url.pathname !== ENDPOINT) return plainFetch(target, options);
  const headers = new Headers(options.headers);
  const { token } = chosen();
  if (token && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  if (!headers.has('accept-language')) headers.set('accept-language', language());
  if (!String(options.body).includes('IntrospectionQuery')) remember();
  return plainFetch(target, { ...options, headers });
};

function remember() {
  const asked = { ...current(), role: chosen().role, at: Date.now() };
  if (!asked.query) return;
  const before = kept.get('history', []).filter(
    ({ query, variables, role }) =>
      query !== asked.query || variables !== asked.variables || role !== asked.role,
  );
  kept.set('history', [asked, ...before].slice(0, HISTORY_MAX));
  fillHistory();
}

function fill(box, options, prompt) {
  const first = prompt ? [new Option(prompt, '', true)] : [];
  box.replaceChildren(...first, ...options.map(([label, value]) => new Option(label, value)));
}

function fillHistory() {
  const asked = kept.get('history', []);
  const options = asked.map(({ query, role, at }, index) => {
    const name = /(?:query|mutation|subscription)\s+(\w+)/.exec(query)?.[1] ?? query.slice(0, 30);
    const time = new Date(at).toLocaleTimeString(language(), { hour: '2-digit', minute: '2-digit' });
    return [[time, name, role].filter(Boolean).join(' · '), index];
  });
  if (asked.length > 0) options.push([said(WORDS.forget), 'forget']);
  fill(historyBox, options, said(WORDS.asked));
  historyBox.disabled = asked.length === 0;
}

/** Everything that is written in the chosen language. */
function speak() {
  document.documentElement.lang = language();
  const { role } = chosen();
  fill(roleBox, callers.map((caller) => [labelOf(caller), caller.role]));
  fill(exampleBox, examples.map((each, index) => [nameOf(each), index]), said(WORDS.choose));
  fillHistory();
  chooseRole(role);
  tell('');
}

function chooseRole(role) {
  if (callers.some((caller) => caller.role === role)) roleBox.value = role;
  element('copy').disabled = !chosen().token;
  element('asking').textContent = labelOf(chosen());
  kept.set('role', roleBox.value);
}

function tell(words) {
  element('told').textContent = words && said(words);
}

/** As the editors take it. */
const written = ({ query, variables }) => ({
  query,
  variables: typeof variables === 'string' ? variables : JSON.stringify(variables ?? {}, null, 2),
});

function open(asked) {
  if (asked.role !== undefined) chooseRole(asked.role);
  openTab(written(asked));
}

/** What a link asks for: after `#`, which no server sees; `?query=` is how links were made before. */
function linked() {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = fragment.get('query') ?? new URLSearchParams(location.search).get('query');
  if (location.hash || location.search) history.replaceState({}, '', location.pathname);
  if (!query) return null;
  const asked = { query, variables: fragment.get('variables') ?? '{}' };
  return fragment.has('role') ? { ...asked, role: fragment.get('role') } : asked;
}

async function share() {
  const link = new URL(location.pathname, location.href);
  link.hash = new URLSearchParams({ ...current(), role: chosen().role }).toString();
  await copy(link.href, () => {
    history.replaceState({}, '', link);
    tell(WORDS.address);
  });
}

async function copy(text, otherwise) {
  try {
    await navigator.clipboard.writeText(text);
    tell(WORDS.copied);
  } catch {
    otherwise();
  }
}

/** One for each language that a document has a title in; guides open laid out. */
function showLinks(links) {
  const titled = links.flatMap(({ path, ...titles }) =>
    Object.entries(titles)
      .filter(([, title]) => title)
      .map(([lang, title]) => ({ path, lang, title })),
  );
  element('links').replaceChildren(
    ...titled.map(({ path, lang, title }) => {
      const item = Object.assign(document.createElement('li'), { lang });
      const href = path.endsWith('.md') ? `/playground/guide.html?of=${path}` : path;
      const link = { href, target: '_blank', textContent: title };
      item.append(Object.assign(document.createElement('a'), link));
      return item;
    }),
  );
}

const read = (path) => plainFetch(path).then((answer) => answer.json());

async function start() {
  const [demo, links] = await Promise.all(['/playground/demo.json', '/playground/links.json'].map(read));
  callers = [NOBODY, ...demo.tokens];
  if (demo.examples.length > 0) examples = demo.examples;
  languageBox.value = kept.get('language', navigator.language.startsWith('vi') ? 'vi' : 'en');
  const from = linked();
  const role = from?.role ?? kept.get('role', examples[0].role ?? '');
  showLinks(links);
  speak();
  chooseRole(role);
  element('bar').open = globalThis.innerWidth >= 700;
  await show(element('explorer'), ENDPOINT, written(from ?? examples[0]), {
    isLinked: from !== null,
  });
}

exampleBox.addEventListener('change', () => {
  open(examples[exampleBox.value]);
  exampleBox.value = '';
});
historyBox.addEventListener('change', () => {
  const asked = kept.get('history', []);
  if (historyBox.value === 'forget') kept.set('history', []);
  else open(asked[historyBox.value]);
  fillHistory();
});
roleBox.addEventListener('change', () => chooseRole(roleBox.value));
languageBox.addEventListener('change', () => {
  kept.set('language', language());
  speak();
});
element('share').addEventListener('click', share);
element('copy').addEventListener('click', () =>
  copy(chosen().token, () => tell(WORDS.refused)),
);
globalThis.addEventListener('hashchange', () => {
  const from = linked();
  if (from) open(from);
});

await start();
document.body.dataset.ready = '';
