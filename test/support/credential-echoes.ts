import { fault, type Fault } from '../stand-ins/faults.ts';

/** Ways in which a text can hold a secret and still look as if it did not. */
const FORMS: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => secret.toUpperCase(),
  (secret) => `Bearer ${secret}`,
  (secret) => secret.split('').join('\u200b'),
  (secret) => secret.split('').join('\u0301'),
  (secret) => secret.replace('-', '-\r\n'),
  (secret) => secret.replace('-', '-\u0000'),
  // Full width.
  (secret) => secret.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  (secret) => `${'x'.repeat(490)}${secret}`,
];

/** Answers of a hostile or careless backend that repeat these words wherever an answer has room for text. */
export function credentialEchoes(words: readonly string[]): readonly Fault[] {
  const texts = words.flatMap((word) => FORMS.map((form) => form(word)));
  const line = words.join(' ');
  const headers = { 'x-debug': line, 'set-cookie': line, 'www-authenticate': line };
  const bodies = [
    { error: 1, messages: texts, data: null },
    { error: line, messages: line, data: { errors: texts.map((message) => ({ field: message, message })) } },
    { error: texts[0] ?? '', error_code: line, extra: { fields: texts } },
    { error: 0, messages: texts, data: { id: line, organization_id: line, title: 7 }, stack: line },
    { id: line, title: 7, user_id: 7 },
  ];
  return [
    ...[200, 400, 401, 409, 500].flatMap((status) => bodies.map((body) => fault.answer(status, headers, body))),
    ...[403, 404, 418, 422, 429, 503].map((status) => fault.answer(status, headers, bodies[0])),
    fault.answer(200, { 'content-type': line }, line),
    fault.answer(200, { 'content-encoding': line }, line),
    fault.answer(429, { 'retry-after': line }, line),
    fault.html(502),
    fault.text(200, `{"error":"${line}`),
    fault.text(500, `<p>${line}</p>`, 'text/html'),
    fault.redirect(`https://elsewhere.test/?token=${encodeURIComponent(line)}`),
    fault.rawBytes(`${line}\r\n\r\n`),
    fault.rawBytes(`HTTP/1.1 200 ${line}\r\n${line}\r\n\r\n`),
    fault.resetBeforeHeaders(),
    fault.hangBeforeHeaders(),
  ];
}
