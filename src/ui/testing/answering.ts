/** A worker that answers from a table, for tests of one panel. */
import type { MethodName } from '../../worker/protocol.ts';
import { connect, type Port, replacePort } from '../connection.ts';

export type Asked = [method: MethodName, ...args: unknown[]];

/**
 * Connects to a port that answers each method with the value of the table, or with what its function returns; everything
 * else with null. The list of what was asked grows as it is asked.
 */
export async function answering(
  answers: Partial<Record<MethodName, unknown>>,
): Promise<{ asked: Asked[]; port: Port }> {
  const asked: Asked[] = [];
  const port: Port = {
    onmessage: null,
    onerror: null,
    terminate: () => undefined,
    postMessage(m) {
      asked.push([m.method, ...m.args]);
      const answer = answers[m.method];
      const value = typeof answer === 'function' ? answer(...m.args) : (answer ?? null);
      void Promise.resolve(value).then((v) =>
        port.onmessage?.({ data: { type: 'result', id: m.id, ok: true, value: v } }),
      );
    },
  };
  replacePort(() => port);
  await connect();
  return { asked, port };
}
