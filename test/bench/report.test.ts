import { describe, expect, it } from 'vitest';
import type { CandidateName } from '../../bench/measure/candidates.ts';
import type { Slice } from '../../bench/measure/rounds.ts';
import { OptionError, parseOptions } from '../../bench/options.ts';
import { timeByCategory } from '../../bench/profile/categories.ts';
import { plot } from '../../bench/report/plot.ts';
import { lastSlope, slope } from '../../bench/report/slope.ts';
import { summarize } from '../../bench/report/summary.ts';
import { table } from '../../bench/report/table.ts';

function slice(candidate: CandidateName, round: number, cpuUs: number, p99Ms: number): Slice {
  const rest = { answered: 1, perSecond: 1, p50Ms: 1, memoryMiB: 1, upstreamCalls: 1 };
  return { candidate, round, cpuUs, p99Ms, ...rest };
}

describe('the summary', () => {
  it('compares each slice with LIMIT’s of the same round', () => {
    // Everybody takes twice as long in the second round: the ratios must not notice.
    const slices = [
      slice('limit', 1, 10, 1),
      slice('server', 1, 20, 4),
      slice('limit', 2, 20, 2),
      slice('server', 2, 40, 3),
      slice('limit', 3, 10, 1),
      slice('server', 3, 12.5, 2),
    ];
    expect(summarize(slices)).toMatchObject([
      {
        candidate: 'limit',
        cpuUs: 10,
        ofLimit: { median: 1, lowerQuartile: 1, upperQuartile: 1 },
        timesServer: { median: 0.5, lowerQuartile: 0.5, upperQuartile: 0.65 },
        p99OverLimitMs: 0,
      },
      {
        candidate: 'server',
        cpuUs: 20,
        ofLimit: { median: 0.5, lowerQuartile: 0.5, upperQuartile: 0.65 },
        timesServer: { median: 1, lowerQuartile: 1, upperQuartile: 1 },
        p99OverLimitMs: 1,
      },
    ]);
  });

  it('says nothing of LIMIT, or of the server, where it did not run', () => {
    expect(summarize([slice('mercurius', 1, 20, 4)])).toMatchObject([
      { ofLimit: null, timesServer: null, p99OverLimitMs: null },
    ]);
  });
});

describe('the options', () => {
  it.each([
    [['--workload', 'W9'], '--workload: "W9" is none of W1, W2, W3, W4'],
    [
      ['--candidates', 'limit,yoga'],
      '--candidates: "yoga" is none of limit, server, apollo, mercurius, limit-tuned, mercurius-tuned, baseline',
    ],
    [['--candidates', 'baseline'], '--candidates baseline needs --baseline FOLDER'],
    [['--rounds', '0'], '--rounds: "0" is no whole number from 1 to 1000'],
    [['--seconds', '1.5'], '--seconds: "1.5" is no whole number from 1 to 600'],
    [['--size', '5'], '--size needs --workload with a single name'],
    [['--workload', 'W4', '--size', '1001'], '--size: "1001" is no whole number from 0 to 1000'],
    [['--rond', '5'], "Unknown option '--rond'"],
  ])('refuse %j', (parameters, message) => {
    const parse = () => parseOptions(parameters);
    expect(parse).toThrow(OptionError);
    expect(parse).toThrow(message);
  });

  it('are all workloads and all candidates unless something else is said', () => {
    const { specs, rounds } = parseOptions([]);
    expect(specs.map(({ name }) => name)).toEqual(['W1', 'W2', 'W3', 'W4']);
    expect(rounds.candidates).toEqual(['limit', 'server', 'apollo', 'mercurius']);
    expect(parseOptions(['--workload', 'w2', '--baseline', '../old']).rounds).toMatchObject({
      candidates: ['limit', 'server', 'apollo', 'mercurius', 'baseline'],
      baseline: '../old',
    });
  });
});

describe('slope', () => {
  it('is the exponent of a power', () => {
    const points = (power: number) => [1, 10, 100].map((x) => [x, 7 * x ** power] as const);
    expect([0, 1, 2].map((power) => Math.round(slope(points(power)) * 1e6) / 1e6)).toEqual([0, 1, 2]);
    expect(lastSlope([...points(0), [1_000, 70]])).toBeCloseTo(1);
  });
});

describe('the profile', () => {
  const frame = (functionName: string, url: string, scriptId = '0') => {
    return { functionName, url, scriptId, lineNumber: 0, columnNumber: 0 };
  };

  it('counts each sample for whoever worked, and built-in functions for their caller', () => {
    const nodes = [
      { id: 1, callFrame: frame('(root)', ''), children: [2, 4, 5, 6, 7] },
      { id: 2, callFrame: frame('send', 'file:///p/node_modules/undici/lib/client.js'), children: [3] },
      { id: 3, callFrame: frame('slice', '') },
      { id: 4, callFrame: frame('(idle)', '') },
      { id: 5, callFrame: frame('writev', '') },
      { id: 6, callFrame: frame('query', '', '99') },
      { id: 7, callFrame: frame('log', 'file:///p/dist/main.js', '7') },
    ];
    const samples = [2, 3, 4, 5, 6, 7];
    const timeDeltas = [0, 1, 2, 1_000, 4, 8, 16];
    expect(Object.fromEntries(timeByCategory({ nodes, samples, timeDeltas }, () => 'src/server/log.ts'))).toEqual({
      'upstream client': 3,
      'socket writes': 4,
      'GraphQL execution': 8,
      'our src/server': 16,
    });
  });
});

describe('what is printed', () => {
  it('is a table with its columns aligned', () => {
    expect(
      table(
        ['a', 'b'],
        [
          ['long name', '1'],
          ['x', '12345'],
        ],
      ),
    ).toBe(
      ['| a         |     b |', '| --------- | ----: |', '| long name |     1 |', '| x         | 12345 |'].join('\n'),
    );
  });

  it('is a plot with every series in every panel, and no text that breaks its XML', () => {
    const points = [
      [1, 10],
      [100, 1_000],
    ] as const;
    const series = [
      { name: 'a & b', points },
      { name: 'c', points },
    ];
    const svg = plot('t < u', 'us', [
      { title: 'one', xLabel: 'x', series },
      { title: 'two', xLabel: 'x', series },
    ]);
    expect(svg.match(/<polyline/g)).toHaveLength(4);
    expect(svg).toContain('a &amp; b');
    expect(svg).toContain('t &lt; u');
    expect(svg).not.toContain('NaN');
  });
});
