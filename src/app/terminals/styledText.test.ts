import { describe, expect, test } from 'vitest';
import { isPromptOf, styleEcho, stylePrinted, stylePrompt } from './styledText.ts';

const printed = (text: string, to: 'stdout' | 'stderr' = 'stdout') => ({
  kind: 'printed' as const,
  terminal: 'admin',
  to,
  text,
});
const visible = (text: string): string => text.replaceAll('\u001b', '^');

describe('what is printed', () => {
  test.each([
    ['[2025-05-19 09:00:00,000] INFO started (kafka.server.KafkaServer)\n', 'stdout', ''],
    ['[2025-05-19 09:00:00,000] WARN slow (kafka.server.KafkaServer)\n', 'stdout', '33'],
    ['[2025-05-19 09:00:00,000] ERROR fatal (kafka.server.KafkaServer)\n', 'stdout', '31'],
    ['bash: kafka: command not found\n', 'stderr', '31'],
    ['bash: is a shell, says a record\n', 'stdout', ''],
    ['Processed a total of 3 messages\n', 'stderr', ''],
  ] as const)('%j on %s has colour %j', (text, to, colour) => {
    const line = text.slice(0, -1);
    expect(visible(stylePrinted(printed(text, to)))).toBe(
      colour === '' ? `${line}\r\n` : `^[${colour}m${line}^[0m\r\n`,
    );
  });

  test('keeps its own escapes', () => {
    expect(stylePrinted(printed('\u001b[H\u001b[2J'))).toBe('\u001b[H\u001b[2J');
  });

  test('a prompt is what bash prints without an end of line', () => {
    expect(isPromptOf('bash', printed('apprenant$ ', 'stderr'))).toBe(true);
    expect(isPromptOf('bash', printed('bash: no\n', 'stderr'))).toBe(false);
    expect(isPromptOf('kafka-console-producer', printed('>'))).toBe(false);
    expect(visible(stylePrompt('\n$ '))).toBe('\r\n^[32m$ ^[0m');
  });

  test('a typed line is a command only at a prompt', () => {
    expect(visible(styleEcho('ls', { isCommand: true }))).toBe('^[1;97mls^[0m\r\n');
    expect(styleEcho('Alice:200', { isCommand: false })).toBe('Alice:200\r\n');
  });
});
