/** What a scenario is: the objects a cluster starts with, the files of the editor, and what somebody types when. Data only. */
export interface Scenario {
  slug: string;
  titleEn: string;
  titleKo: string;
  /** One or two sentences: what to look at. */
  textEn: string;
  textKo: string;
  seed: number;
  /** Objects of the cluster, as `kubectl get -o json` would show them. */
  cluster: object[];
  /** Files of the editor by name. */
  files: Record<string, string>;
  /** Lines typed by themselves, from the start on. */
  inputs: { atMs: number; line: string; stdin?: string }[];
}
