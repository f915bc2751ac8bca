/** Links: `#s=<version>.<payload>`, payload = deflate with a versioned dictionary in base64url. */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import { DICTIONARIES } from './dictionaries.ts';
import { type Recording, readRecording } from './recording.ts';

const VERSION = 1;
/** What a link may unpack to, in bytes. */
export const UNPACKED_MAX = 4_000_000;
/** What is read at all, in characters (Chromium's own limit for addresses). */
const LINK_MAX = 2_000_000;

export type Decoded = { ok: true; recording: Recording } | { ok: false; message: string };

const toBase64Url = (bytes: Uint8Array): string => {
  let s = '';
  for (let i = 0; i < bytes.length; i += 0x8000) s += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(s).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
};

const fromBase64Url = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

const BLOCK = /^(\s*)(?:- )?(data|stringData|env):\s*$/;

/** One document: what stands below `data`, `stringData` (of Secrets) and as `value` below `env` loses its text. */
function blanked(doc: string): string {
  const secret = /^kind:\s*["']?Secret\b/m.test(doc);
  let inside = -1;
  let env = false;
  const lines = doc.split('\n').map((line) => {
    const indent = line.search(/\S/);
    const below = inside >= 0 && (indent > inside || (env && indent === inside && /^\s*- /.test(line)));
    if (below) return env ? line.replace(/^(\s*(?:- )?value:\s*).+$/, '$1""') : line.replace(/(:\s*).+$/, '$1""');
    const m = BLOCK.exec(line);
    const counts = m && (m[2] === 'env' || secret);
    if (indent >= 0 || counts) {
      inside = counts ? m[1]!.length : -1;
      env = m?.[2] === 'env';
    }
    return line;
  });
  return lines.join('\n');
}

/** Blanks the data of Secrets and the values of environment variables, line by line, so that layout and comments stay. */
export const withoutSecrets = (text: string): string =>
  text
    .split(/^(---.*)$/m)
    .map(blanked)
    .join('');

/** The same for a command line: `--env=A=…`, `-e A=…`, `set env … A=…`, `create secret … --from-literal=a=…`. */
function lineWithoutSecrets(line: string): string {
  let out = line.replace(/((?:--env[= ]|-e )["']?[\w.]+=)(?:"[^"]*"|'[^']*'|\S*)/g, '$1');
  if (/\bsecret\b/.test(line))
    out = out.replace(/(--(?:from-literal[= ]["']?[^=\s]+=|docker-password[= ]))(?:"[^"]*"|'[^']*'|\S*)/g, '$1');
  if (/\bset\s+env\b/.test(line)) out = out.replace(/(\s[A-Za-z_][\w.]*=)(?:"[^"]*"|'[^']*'|\S+)/g, '$1');
  return out;
}

/** The recording with nothing in it that should not travel. */
export function forSharing(r: Recording): Recording {
  const files = Object.fromEntries(Object.entries(r.files).map(([name, text]) => [name, withoutSecrets(text)]));
  const inputs = r.inputs.map((i) => ({
    ...i,
    line: lineWithoutSecrets(i.line),
    ...(i.stdin === undefined ? {} : { stdin: withoutSecrets(i.stdin) }),
  }));
  return { ...r, files, inputs };
}

/** `<version>.<payload>` of a recording. */
export function encodeLink(r: Recording): string {
  const dictionary = DICTIONARIES[VERSION]!;
  return `${VERSION}.${toBase64Url(deflateSync(strToU8(JSON.stringify(r)), { level: 9, dictionary: strToU8(dictionary) }))}`;
}

function unpack(payload: Uint8Array, dictionary: Uint8Array): string {
  const parts: Uint8Array[] = [];
  let size = 0;
  let ended = false;
  const inflate = new Inflate({ dictionary }, (part, final) => {
    size += part.length;
    if (size > UNPACKED_MAX) throw new RangeError('too large');
    parts.push(part);
    ended ||= final;
  });
  // in small steps, so that a link which unpacks to gigabytes is stopped early
  for (let i = 0; i < payload.length; i += 512) inflate.push(payload.subarray(i, i + 512), i + 512 >= payload.length);
  if (!ended) throw new Error('cut short');
  const all = new Uint8Array(size);
  let at = 0;
  for (const p of parts) {
    all.set(p, at);
    at += p.length;
  }
  return strFromU8(all);
}

/** Reads `<version>.<payload>` (also a whole address); anything else gets a sentence. */
export function decodeLink(text: string): Decoded {
  const found = /(?:#|^|[?&])s=([^&#\s]+)/.exec(text)?.[1] ?? text.trim();
  if (found.length > LINK_MAX) return { ok: false, message: 'This link is too long to be one of ours.' };
  const m = /^(\d+)\.([A-Za-z0-9_-]+)$/.exec(found);
  if (!m) return { ok: false, message: 'This link is not complete: it should read #s=1. and then letters and digits.' };
  const dictionary = DICTIONARIES[Number(m[1])];
  if (dictionary === undefined) return { ok: false, message: `A newer Berth made this link (format ${m[1]}).` };
  let json: string;
  try {
    json = unpack(fromBase64Url(m[2]!), strToU8(dictionary));
  } catch (e) {
    return {
      ok: false,
      message:
        e instanceof RangeError
          ? 'This link unpacks to more than Berth opens (4 MB).'
          : 'This link is damaged: its data cannot be unpacked.',
    };
  }
  try {
    return readRecording(JSON.parse(json));
  } catch {
    return { ok: false, message: 'This link is damaged: what it holds is no recording.' };
  }
}
