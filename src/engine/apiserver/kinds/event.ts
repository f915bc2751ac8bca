/** Events. Upstream: pkg/registry/core/event/strategy.go, pkg/printers/internalversion/printers.go printEvent */
import type { Event } from '../../api/core.ts';
import { ageOf } from '../../api/duration.ts';
import type { Ms } from '../../sim/time.ts';
import type { FieldError, Kind } from '../kind.ts';
import { column, wide } from './columns.ts';
import { type Errors, invalid } from './validation/errors.ts';
import { subdomainName, validateObjectMeta, validateObjectMetaUpdate } from './validation/object-meta.ts';

const firstSeen = (o: Event, now: Ms): string => ageOf(o.firstTimestamp || o.eventTime, now);

const lastSeen = (o: Event, now: Ms): string =>
  o.series ? ageOf(o.series.lastObservedTime, now) : o.lastTimestamp ? ageOf(o.lastTimestamp, now) : firstSeen(o, now);

/** `kubelet, worker-1`: who reported, and from where. */
export function eventSource(o: Event): string {
  const component = o.source?.component || o.reportingComponent || '';
  const instance = o.source?.host || o.reportingInstance || '';
  return instance ? `${component}, ${instance}` : component;
}

/** `pod/web-0`: what the event is about. */
export function eventTarget(o: Event): string {
  const { kind = '', name } = o.involvedObject;
  return name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase();
}

function validateEvent(errors: Errors, o: Event): void {
  validateObjectMeta(errors, o, true, subdomainName);
  const about = o.involvedObject?.namespace ?? '';
  if (about === '' ? o.metadata.namespace !== 'default' && o.metadata.namespace !== '' : about !== o.metadata.namespace)
    invalid(errors, 'involvedObject.namespace', about, 'does not match event.namespace');
}

export const event: Kind<Event> = {
  kind: 'Event',
  default(o) {
    // what a Go struct prints even when nobody set it
    o.involvedObject ??= {};
    o.source ??= {};
    o.firstTimestamp ??= null;
    o.lastTimestamp ??= null;
    o.eventTime ??= null;
    o.reportingComponent ??= '';
    o.reportingInstance ??= '';
  },
  validate(o) {
    const errors: FieldError[] = [];
    validateEvent(errors, o);
    return errors;
  },
  validateUpdate(o, old) {
    const errors: FieldError[] = [];
    validateObjectMetaUpdate(errors, o, old);
    return errors;
  },
  selectableFields: (o) => ({
    'involvedObject.kind': o.involvedObject.kind ?? '',
    'involvedObject.namespace': o.involvedObject.namespace ?? '',
    'involvedObject.name': o.involvedObject.name ?? '',
    'involvedObject.uid': o.involvedObject.uid ?? '',
    'involvedObject.apiVersion': o.involvedObject.apiVersion ?? '',
    'involvedObject.resourceVersion': o.involvedObject.resourceVersion ?? '',
    'involvedObject.fieldPath': o.involvedObject.fieldPath ?? '',
    reason: o.reason ?? '',
    reportingComponent: o.reportingComponent ?? '',
    source: o.source?.component || o.reportingComponent || '',
    type: o.type ?? '',
  }),
  columns: [
    column('Last Seen', lastSeen),
    column('Type', (o) => o.type ?? ''),
    column('Reason', (o) => o.reason ?? ''),
    column('Object', eventTarget),
    wide('Subobject', (o) => o.involvedObject.fieldPath ?? ''),
    wide('Source', eventSource),
    column('Message', (o) => (o.message ?? '').trim()),
    wide('First Seen', firstSeen),
    wide('Count', (o) => o.series?.count ?? (o.count || 1), 'integer'),
    wide('Name', (o) => o.metadata.name),
  ],
};
