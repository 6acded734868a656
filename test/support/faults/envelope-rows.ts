import { fault, type Fault } from '../../stand-ins/faults.ts';
import type { JsonValue } from '../../stand-ins/json.ts';
import type { Lies } from '../../stand-ins/answer-faults.ts';
import type { Target } from '../failing-calls.ts';
import { section, type AnswerRow } from './answer-rows.ts';
import { refused, TAKEN, UNUSABLE } from './verdicts.ts';

const lie = (lies: Lies) => fault.lie(lies);
/** This body under 200, from a backend that means what it says. */
const says = (body: JsonValue): Fault => fault.answer(200, {}, body);
const REJECTED = refused('UPSTREAM_REJECTED');
const LYING = 'An envelope under 200 that lies, or says no';

const of = (only: Target['name'], rows: readonly AnswerRow[]) => rows.map((row) => ({ ...row, only }));

const aegister = section(LYING, [
  ['another incident', lie({ 'data.id': 7 }), UNUSABLE],
  ['an incident of another organization', lie({ 'data.organization_id': 9 }), UNUSABLE],
  ['no id', lie({ 'data.id': undefined }), UNUSABLE],
  ['`error: 0` without `data`', lie({ data: undefined }), UNUSABLE],
  ['`error: 0`, `data` null', lie({ data: null }), UNUSABLE],
  ['`error: 0`, `data` a list', lie({ data: [] }), UNUSABLE],
  ['no `error`', lie({ error: undefined }), UNUSABLE],
  ['`error` null', lie({ error: null }), UNUSABLE],
  ['`error` an object', lie({ error: { code: 0 } }), UNUSABLE],
  ['`error` a word beside `data`', lie({ error: 'none' }), UNUSABLE],
  ['`error` 0 as text', lie({ error: '0' }), TAKEN],
  ['`error` 1', says({ error: 1, messages: ['No'], data: null }), REJECTED],
  ['`error` -1', says({ error: -1, messages: 'No', data: null }), REJECTED],
  ['`error` 4031 as text', says({ error: '4031', messages: null }), REJECTED],
  ['`error` true', says({ error: true }), REJECTED],
  ['`error` a sentence', says({ error: 'Dossier is locked', messages: [] }), REJECTED],
]);

const radar = section(LYING, [
  ['another group', lie({ id: '00000000-0000-4000-8000-000000000007' }), UNUSABLE],
  ['no id', lie({ id: undefined }), UNUSABLE],
  ['`{}`', says({}), UNUSABLE],
  ['`error` an object', lie({ error: { text: 'No' } }), UNUSABLE],
  ['`error` a text beside `error_code` 0', lie({ error: 'No', error_code: 0 }), UNUSABLE],
  ['`error_code` an object', lie({ error_code: { code: 1 } }), UNUSABLE],
  ['`errors` beside a group', lie({ errors: ['No'] }), UNUSABLE],
  ['`error_code` 0 beside a group', lie({ error_code: 0 }), TAKEN],
  ['`error_code` 11002', says({ error: 'No', error_code: 11002 }), REJECTED],
  ['`error_code` 11002 as text', says({ error: 'No', error_code: '11002' }), REJECTED],
  ['`error_code` "11002 // text"', says({ error: 'No', error_code: '11002 // text' }), REJECTED],
  ['`error_code` a list', says({ error: 'No', error_code: ['11002 // text'] }), REJECTED],
  ['`error_code` without `error`', says({ error_code: 11002 }), REJECTED],
  ['`error` without `error_code`', says({ error: 'No' }), REJECTED],
]);

export const envelopeRows: readonly AnswerRow[] = [...of('aegister', aegister), ...of('radar', radar)];
