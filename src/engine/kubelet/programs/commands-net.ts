/** Commands that ask the network. */
import type { Run } from './world.ts';

const nslookup: Run = ({ args, out, world }) => {
  const name = args.find((a) => !a.startsWith('-')) ?? '';
  const ip = world.resolve(name);
  out('Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\n');
  if (ip) out(`Name:\t${name}\nAddress: ${ip}\n\n`);
  else out(`** server can't find ${name}: NXDOMAIN\n\n`);
  return ip ? 0 : 1;
};

function parseUrl(text: string): { host: string; port: number; path: string } {
  const m = /^(?:(https?):\/\/)?([^/:]+)(?::(\d+))?(\/.*)?$/.exec(text);
  return { host: m?.[2] ?? text, port: Number(m?.[3] ?? (m?.[1] === 'https' ? 443 : 80)), path: m?.[4] ?? '/' };
}

const curl: Run = ({ args, out, world }) => {
  const url = args.find((a) => !a.startsWith('-') && /[.:/]|^[a-z]/.test(a) && !/^\d+$/.test(a)) ?? '';
  const { host, port, path } = parseUrl(url);
  const answer = world.open(host, port, path);
  if (answer.ok) {
    if (!args.some((a) => /^-\w*f|--fail/.test(a)) || answer.status < 400) out(answer.body);
    return answer.status >= 400 && args.some((a) => /^-\w*f|--fail/.test(a)) ? 22 : 0;
  }
  if (answer.why === 'unknown-host') {
    out(`curl: (6) Could not resolve host: ${host}\n`);
    return 6;
  }
  if (answer.why === 'refused') {
    out(`curl: (7) Failed to connect to ${host} port ${port} after 1 ms: Could not connect to server\n`);
    return 7;
  }
  out(`curl: (28) Connection timed out after 5001 milliseconds\n`);
  return 28;
};

const wget: Run = ({ args, out, world }) => {
  const { host, port, path } = parseUrl(
    args.find((a, i) => !a.startsWith('-') && !/^-[OT]$/.test(args[i - 1] ?? '')) ?? '',
  );
  const answer = world.open(host, port, path);
  if (answer.ok && answer.status < 400) {
    out(answer.body);
    return 0;
  }
  if (answer.ok) out(`wget: server returned error: HTTP/1.1 ${answer.status}\n`);
  else if (answer.why === 'unknown-host') out(`wget: bad address '${host}'\n`);
  else if (answer.why === 'refused')
    out(`wget: can't connect to remote host (${world.resolve(host) ?? host}): Connection refused\n`);
  else out('wget: download timed out\n');
  return 1;
};

const nc: Run = ({ args, world, out }) => {
  const [host, port] = args.filter((a) => !a.startsWith('-')).slice(-2);
  const answer = world.open(host ?? '', Number(port), '/');
  if (!answer.ok && answer.why === 'unknown-host') out(`nc: bad address '${host}'\n`);
  return answer.ok ? 0 : 1;
};

export const NET: Record<string, Run> = {
  nslookup,
  getent: ({ args, out, world }) => {
    const ip = world.resolve(args[1] ?? '');
    if (ip) out(`${ip}  ${args[1]}\n`);
    return ip ? 0 : 2;
  },
  curl,
  wget,
  nc,
};
