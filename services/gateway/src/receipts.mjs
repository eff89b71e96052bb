/** The page and the file with which anybody checks a receipt of the public log; both work offline. */
import { createHash } from 'node:crypto';

import { asset, ownFile, send } from './playground.mjs';

/** Only the page's own script runs, and it can reach nothing. */
function policyOf(html) {
  const [, script] = /<script>([^]*?)<\/script>/.exec(html);
  const hash = createHash('sha256').update(script).digest('base64');
  return `default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; `
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

/** A function that answers the addresses of the page and says whether it did. */
export function receiptPage() {
  const html = ownFile('receipt.html');
  const assets = {
    '/bien-nhan': asset('text/html; charset=utf-8', html, policyOf(html)),
    '/bien-nhan/check_receipt.py': asset('text/x-python; charset=utf-8', ownFile('check_receipt.py')),
  };
  return (req, res, pathname) => {
    const found = ['GET', 'HEAD'].includes(req.method) && Object.hasOwn(assets, pathname);
    if (found) send(req, res, assets[pathname]);
    return found;
  };
}
