import { describe, expect, it } from 'vitest';
import { loadConfiguration } from '../config/load.ts';
import { placeAll } from '../place.ts';
import { DEFAULT_PREDICATES, PREDICATES, PRIORITIES } from './tables.ts';
import { looksLikePolicy, type PolicyTranslation, translatePolicy } from './translate.ts';

const PRINTED = `{
  "kind": "Policy",
  "apiVersion": "v1",
  "predicates": [
    {"name": "PodFitsHostPorts"},
    {"name": "PodFitsResources"},
    {"name": "NoDiskConflict"},
    {"name": "NoVolumeZoneConflict"},
    {"name": "MatchNodeSelector"},
    {"name": "HostName"}
  ],
  "priorities": [
    {"name": "LeastReqeustPriority", "weight": 2},
    {"name": "BalancedResourceAllocation", "weight": 1}, //
    {"name": "ServiceSpreadingPriority", "weight": 2},
    {"name": "EqualPriority", weight: "1"}
  ]
}
`;
const MENDED = PRINTED.replace('LeastReqeust', 'LeastRequested')
  .replace(' //', '')
  .replace('weight: "1"', '"weight": 1');

function translated(text: string): PolicyTranslation {
  const t = translatePolicy(text);
  if ('error' in t) throw new Error(t.error);
  return t;
}

describe('a course’s Policy as printed', () => {
  it('names each mistake with its line', () => {
    const mistakes = translated(PRINTED).notes.filter((n) => n.kind === 'mistake');
    expect(mistakes.map((n) => `${n.line}: ${n.text}${n.suggestion ? ` → ${n.suggestion}` : ''}`)).toEqual([
      '13: priority type not found for "LeastReqeustPriority"; LeastRequestedPriority is meant → LeastRequestedPriority',
      '14: JSON has no comments: "//" has to go',
      '16: the key weight needs quotation marks: "weight"',
      '16: the weight "1" is a text; a number stands without quotation marks → "weight": 1',
    ]);
  });

  it('means what the mended one says', () => expect(translated(PRINTED).config).toEqual(translated(MENDED).config));

  it('says what became of every name', () => {
    const { notes } = translated(MENDED);
    expect(notes.filter((n) => n.kind === 'mistake')).toEqual([]);
    expect(notes.filter((n) => n.kind === 'gone').map((n) => n.name)).toEqual(['EqualPriority']);
    expect(notes).toHaveLength(10);
  });
});

it('the translation is a valid configuration and runs', () => {
  const { config } = translated(MENDED);
  expect(loadConfiguration(config)).toEqual({ config });
  expect(config.profiles![0]!.plugins!.score!.enabled).toEqual([
    { name: 'NodeResourcesFit', weight: 2 },
    { name: 'NodeResourcesBalancedAllocation', weight: 1 },
    { name: 'PodTopologySpread', weight: 2 },
  ]);
  const node = (name: string, cpu: string) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name },
    status: { allocatable: { cpu, memory: '8Gi', pods: '10' } },
  });
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c', resources: { requests: { cpu: '1', memory: '1Gi' } } }] },
  };
  expect(placeAll([node('small', '2'), node('large', '8'), pod], { config })).toEqual([
    { pod: 'default/p', node: 'large' },
  ]);
});

it('a Policy without lists means the defaults of old', () => {
  const { config } = translated('{"kind":"Policy","apiVersion":"v1"}');
  const filters = config.profiles![0]!.plugins!.filter!.enabled!.map((p) => p.name);
  expect(DEFAULT_PREDICATES.flatMap((p) => PREDICATES[p]!.plugins).every((p) => filters.includes(p))).toBe(true);
  expect(loadConfiguration(config)).toEqual({ config });
});

it('arguments become plugin arguments', () => {
  const { config } = translated(`{"kind":"Policy","hardPodAffinitySymmetricWeight":5,
    "predicates":[{"name":"RackOnly","argument":{"labelsPresence":{"labels":["rack"],"presence":true}}}],
    "priorities":[{"name":"Pack","weight":1,"argument":{"requestedToCapacityRatioArguments":{"shape":[{"utilization":0,"score":0},{"utilization":100,"score":10}]}}},
      {"name":"Racks","weight":2,"argument":{"serviceAntiAffinity":{"label":"rack"}}}]}`);
  expect(loadConfiguration(config)).toEqual({ config });
  expect(config.profiles![0]!.pluginConfig).toEqual([
    {
      name: 'NodeAffinity',
      args: {
        addedAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [{ matchExpressions: [{ key: 'rack', operator: 'Exists' }] }],
          },
        },
      },
    },
    {
      name: 'NodeResourcesFit',
      args: {
        scoringStrategy: {
          type: 'RequestedToCapacityRatio',
          requestedToCapacityRatio: {
            shape: [
              { utilization: 0, score: 0 },
              { utilization: 100, score: 10 },
            ],
          },
        },
      },
    },
    {
      name: 'PodTopologySpread',
      args: {
        defaultingType: 'List',
        defaultConstraints: [{ maxSkew: 1, topologyKey: 'rack', whenUnsatisfiable: 'ScheduleAnyway' }],
      },
    },
    { name: 'InterPodAffinity', args: { hardPodAffinityWeight: 5 } },
  ]);
});

it.each([...Object.entries(PREDICATES), ...Object.entries(PRIORITIES)])('%s is mapped or explained', (_, old) =>
  expect(old.plugins.length > 0 || old.text.length > 20).toBe(true),
);

it.each([
  ['{"kind": "Policy"', 'line 1: the text ends before the closing }'],
  ['{"kind": "Pod"}', 'this is no Policy: kind must be "Policy"'],
  ['{"kind": "Policy}', 'line 1: a text has no closing quotation mark'],
])('%s cannot be read', (text, error) => expect(translatePolicy(text)).toEqual({ error }));

it('knows a Policy when it sees one', () => {
  expect(looksLikePolicy(PRINTED)).toBe(true);
  expect(looksLikePolicy('kind: KubeSchedulerConfiguration')).toBe(false);
});
