export { isPodSpec, type ListRule, listRule } from '../../api/list-rules.ts';
