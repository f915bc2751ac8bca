import { describe, expect, it } from 'vitest';
import { CONFIG_MAPS, configMap, type Json, served, until } from './testing/served.ts';

const server = served(1);
const { ask, get } = server;

/** Changes after which the log has forgotten the first ones. */
const MORE_THAN_THE_LOG_HOLDS = 60_001;

describe('watches', () => {
  /** Reads a watch's events; `next(n)` waits for n of them. */
  async function open(query: string, accept = 'application/json') {
    const stop = new AbortController();
    const url = `${server.url}${CONFIG_MAPS}?watch=true&${query}`;
    const response = await fetch(url, { headers: { Accept: accept }, signal: stop.signal });
    const reader = response.body!.getReader();
    let text = '';
    let ended = false;
    const events = (): Json[] =>
      text
        .split('\n')
        .slice(0, -1)
        .map((l) => JSON.parse(l) as Json);
    void (async () => {
      for (let r = await reader.read(); !r.done; r = await reader.read()) text += Buffer.from(r.value).toString();
      ended = true;
    })().catch(() => {});
    return {
      code: response.status,
      next: (n: number) => until(events, (list) => list.length >= n),
      ended: () => until(() => ended, Boolean),
      stop: () => stop.abort(),
    };
  }

  it('shows an object come, change and go as its selector sees it', async () => {
    const { resourceVersion } = (await get(CONFIG_MAPS)).body.metadata;
    const w = await open(`resourceVersion=${resourceVersion}&labelSelector=watched%3Dyes`);
    await ask('POST', CONFIG_MAPS, configMap('w1', {}, { watched: 'no' }));
    const relabel = (watched: string, k: string) =>
      ask(
        'PATCH',
        `${CONFIG_MAPS}/w1`,
        { metadata: { labels: { watched } }, data: { k } },
        {
          'Content-Type': 'application/merge-patch+json',
        },
      );
    await relabel('yes', '1');
    await relabel('yes', '2');
    await relabel('no', '3');
    await ask('DELETE', `${CONFIG_MAPS}/w1`);
    await ask('POST', CONFIG_MAPS, configMap('w2', {}, { watched: 'yes' }));
    const events = await w.next(4);
    expect(events.map((e) => [e.type, e.object.metadata.name, e.object.data?.k])).toEqual([
      ['ADDED', 'w1', '1'],
      ['MODIFIED', 'w1', '2'],
      ['DELETED', 'w1', '2'],
      ['ADDED', 'w2', undefined],
    ]);
    w.stop();
  });

  it('starts with what is there, marks the end of it, and ends in time with a bookmark', async () => {
    const w = await open(
      'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&timeoutSeconds=1&fieldSelector=metadata.name%3Dkube-root-ca.crt',
    );
    const events = await w.next(3);
    expect(events.map((e) => e.type)).toEqual(['ADDED', 'BOOKMARK', 'BOOKMARK']);
    expect(events[1]!.object.metadata.annotations).toEqual({ 'k8s.io/initial-events-end': 'true' });
    await w.ended();
  });

  it('sends rows, the columns once', async () => {
    const w = await open('labelSelector=row', 'application/json;as=Table;v=v1;g=meta.k8s.io');
    await ask('POST', CONFIG_MAPS, configMap('row1', { a: '1' }, { row: '1' }));
    await ask('POST', CONFIG_MAPS, configMap('row2', {}, { row: '1' }));
    const [first, second] = await w.next(2);
    expect(first!.object).toMatchObject({ kind: 'Table', columnDefinitions: [{ name: 'Name' }, {}, {}] });
    expect(second!.object).toMatchObject({
      columnDefinitions: null,
      rows: [{ cells: ['row2', 0, expect.any(String)] }],
    });
    w.stop();
  });

  it('tells a watcher whose revision is compacted to list anew', async () => {
    for (let i = 0; i < MORE_THAN_THE_LOG_HOLDS; i++)
      server.playground.cluster.store.put({ apiVersion: 'v1', kind: 'Filler', metadata: { name: 'f' } } as never);
    const w = await open('resourceVersion=1');
    expect(await w.next(1)).toMatchObject([
      { type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } },
    ]);
    await w.ended();
  });
});
