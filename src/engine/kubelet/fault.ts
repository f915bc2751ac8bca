/** What no API can do to a machine. The kubelet component receives it as a key of its own. */
export interface Fault {
  type:
    | 'power-off'
    | 'power-on'
    | 'disconnect'
    | 'reconnect'
    | 'stop-kubelet'
    | 'start-kubelet'
    | 'restart-kubelet'
    | 'fill-disk'
    | 'eat-memory'
    | 'set-capacity'
    | 'put-manifest'
    | 'remove-manifest';
  node: string;
  /**
   * A quantity for fill-disk and eat-memory (absent: nearly all, `0`: given back); for set-capacity `cpu=8,memory=16Gi`;
   * for put-manifest `{"name":"web.yaml","manifest":{name, namespace, labels, spec}}`, for remove-manifest the file's name.
   */
  amount?: string;
}

/** Which component carries the fault out. */
export const faultComponent = (_fault: Fault): string => 'kubelet';
