/** Bodies of requests: JSON, YAML, and the protobuf in which kubectl creates. */
import type { IncomingMessage } from 'node:http';
import { readJson } from '../../kubectl/read-json.ts';
import { readYaml } from '../../kubectl/read-yaml.ts';
import { refused } from './exchange.ts';
import { ACCEPTED_PATCHES, mediaType, patchTypeOf } from './negotiate.ts';
import { type Messages, ProtobufReader } from './protobuf.ts';

/** What the API server takes in one request. */
const BODY_MAX_BYTES = 3 * 1024 * 1024;
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

let protobuf: ProtobufReader | undefined;

/** The whole body. */
export async function bodyBytes(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES)
      throw refused(413, 'RequestEntityTooLarge', `Request entity too large: limit is ${BODY_MAX_BYTES}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body as a value: JSON, or YAML where that is what it is. An empty one is `undefined`. */
function textValue(text: string, yaml: boolean): unknown {
  if (!text.trim()) return undefined;
  const json = readJson(text);
  if ('value' in json && !text.slice(json.end).trim()) return json.value;
  if (!yaml) {
    const why = 'problem' in json ? json.problem.message : 'invalid character after top-level value';
    throw refused(400, 'BadRequest', `couldn't get version/kind; json parse error: ${why}`);
  }
  const read = readYaml(text);
  if ('message' in read)
    throw refused(400, 'BadRequest', `error decoding YAML: error converting YAML to JSON: ${read.message}`);
  return read.value;
}

async function protobufValue(bytes: Buffer): Promise<unknown> {
  protobuf ??= new ProtobufReader((await import('./protobuf.json')).default as Messages);
  try {
    return protobuf.object(bytes);
  } catch (e) {
    throw refused(400, 'BadRequest', `the protobuf in the body cannot be read: ${(e as Error).message}`);
  }
}

const unknownType = (accepted: string) =>
  refused(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted}`,
  );

/** The body of a write as a value; a patch in JSON stays a text, about which the API server complains in its own words. */
export async function bodyOf(req: IncomingMessage, bytes: Buffer): Promise<unknown> {
  const header = req.headers['content-type'];
  if (req.method === 'PATCH') {
    const type = patchTypeOf(header);
    if (!type) throw unknownType(ACCEPTED_PATCHES);
    const text = bytes.toString('utf8');
    return type === 'apply' ? textValue(text, true) : text;
  }
  if (!bytes.length) return undefined;
  switch (mediaType(header)) {
    case '':
    case 'application/json':
      return textValue(bytes.toString('utf8'), false);
    case 'application/yaml':
      return textValue(bytes.toString('utf8'), true);
    case PROTOBUF:
      return protobufValue(bytes);
    default:
      throw unknownType(`application/json, application/yaml, ${PROTOBUF}`);
  }
}
