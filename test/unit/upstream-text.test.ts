import { describe, expect, it } from 'vitest';
import { presentableText } from '../../src/errors/upstream-text.ts';

const SECRETS = ['S3cret-Token', 'radar.internal:9000', ''];

describe('presentableText', () => {
  it.each([
    ['keeps plain text as it is', 'Titel zu lang: ÄÖÜ, 標題, 🙂', 'Titel zu lang: ÄÖÜ, 標題, 🙂'],
    ['keeps markup, which is text to whoever escapes it', '<b>no</b> & "no"', '<b>no</b> & "no"'],
    ['turns runs of line breaks and tabs into one space', 'a\r\n\tb\u2028c\u2029d', 'a b c d'],
    ['drops control characters', 'a\u0000b\u001b[31mc\u007fd\u0085e', 'ab[31mcde'],
    ['drops characters that reorder or hide text', 'a\u202eb\u200bc\ufeffd\u2066e', 'abcde'],
    ['drops lone halves of surrogate pairs', 'a\ud83db\ude42c', 'abc'],
    ['trims', '  text \n', 'text'],
  ])('%s', (_title, text, expected) => {
    expect(presentableText(text, SECRETS)).toBe(expected);
  });

  it.each([
    ['empty text', ''],
    ['white space', ' \n\t '],
    ['control characters only', '\u0000\u200b'],
  ])('shows nothing of %s', (_what, text) => {
    expect(presentableText(text, SECRETS)).toBeNull();
  });

  it.each([
    ['a secret', 'bad token S3cret-Token given'],
    ['a secret in other case', 'bad token s3CRET-tOKEN'],
    ['a secret in the middle of a word', 'xS3cret-Tokenx'],
    ['an address', 'connect to https://RADAR.internal:9000/cruddy failed'],
    ['a secret with a line break inside', 'S3cret-\nToken'],
    ['a secret with spaces inside', 'S3cret - Token'],
    ['a secret with an invisible character inside', 'S3cr\u200bet-Token'],
    ['a secret with a control character inside', 'S3cr\u0000et-Token'],
    ['a secret in full-width letters', 'Ｓ３ｃｒｅｔ-Ｔｏｋｅｎ'],
    ['a secret with joiners and fillers inside', 'S\u034f3c\u3164ret-To\ufe0fken'],
    ['a secret beyond the part that is shown', `${'x'.repeat(600)}S3cret-Token`],
    ['a secret that the cut would split', `${'x'.repeat(495)}S3cret-Token`],
  ])('drops text whole that holds %s', (_what, text) => {
    expect(presentableText(text, SECRETS)).toBeNull();
  });

  it('cuts after 500 characters', () => {
    expect(presentableText('x'.repeat(501), [])).toBe('x'.repeat(500));
  });

  it('keeps 500 characters', () => {
    expect(presentableText('x'.repeat(500), [])).toBe('x'.repeat(500));
  });

  it('never cuts a character outside the basic plane in half', () => {
    expect(presentableText('🙂'.repeat(501), [])).toBe('🙂'.repeat(500));
  });

  it('counts characters after cleaning', () => {
    expect(presentableText('\u0000x'.repeat(500), [])).toBe('x'.repeat(500));
  });

  it('lets everything pass when the only sensitive text is empty', () => {
    expect(presentableText('text', [''])).toBe('text');
  });
});
