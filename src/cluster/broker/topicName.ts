/** Which names a topic may have (`org.apache.kafka.common.internals.Topic`, 3.9.0). */

const MAX_LENGTH = 249;

/** Kafka's words for what is wrong; null for a valid name. */
export function invalidTopicName(name: string): string | null {
  if (name === '') return 'Topic name is invalid: the empty string is not allowed';
  if (name === '.') return "Topic name is invalid: '.' is not allowed";
  if (name === '..') return "Topic name is invalid: '..' is not allowed";
  if (name.length > MAX_LENGTH)
    return `Topic name is invalid: the length of '${name}' is longer than the max allowed length ${MAX_LENGTH}`;
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    return `Topic name is invalid: '${name}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`;
  return null;
}

/** Metrics do not tell a dot from an underscore. */
export const hasCollisionCharacters = (topic: string): boolean => topic.includes('_') || topic.includes('.');

export const topicsCollide = (a: string, b: string): boolean => a.replaceAll('.', '_') === b.replaceAll('.', '_');
