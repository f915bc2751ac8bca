/** English words around the scheduler's configuration, old API versions and what-ifs. */
export const scheduler = {
  'sch.open': 'Scheduler',
  'sch.openLong': 'Open the scheduler’s configuration as a tab',
  'sch.why': 'The scheduler’s configuration is no object of the API, so the API server does not know its kind.',
  'sch.run': 'Run {line}',
  'pol.why': 'A Policy: Kubernetes dropped it in 1.23. It runs here as a configuration of today.',
  'pol.open': 'Open it in today’s words',
  'up.why': 'Kubernetes 1.36 no longer serves this API version.',
  'up.run': 'Rewrite as {versions} and apply',
  'uns.say': 'No scheduler is named **{name}**, so nobody looks at this pod: it stays Pending.',
  'uns.how':
    'Give the scheduler a profile with this schedulerName, or change the schedulerName of the pod, which means making it anew.',
  'uns.open': 'Open the scheduler’s configuration',
  'gate.chip': 'what-if: {name} (not Kubernetes)',
  'gate.off': 'Turn {name} off',
  'gate.note': 'A what-if of the playground is on',
} as const;
