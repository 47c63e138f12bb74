// The cases of scores.json, which the server's engine is tested with too. Run by `npm test`.

import { deepEqual, equal, ok } from "node:assert/strict";
import { test } from "node:test";

import { score, type Answers, type Instrument, type Question } from "../src/score";
import cases from "./scores.json";

/** The questionnaire as the page has it: the server says of each question whether it scores. */
function live(change: (instrument: Instrument) => void): Instrument {
  const instrument = structuredClone(cases.instrument) as unknown as Instrument;
  for (const question of instrument.sections.flatMap((s) => s.questions)) {
    question.weight ??= 1;
    const types: Question["type"][] = ["choice", "multi", "yes_no", "scale"];
    question.scores = types.includes(question.type) || question.points !== undefined;
  }
  change(instrument);
  return instrument;
}

const near = (a: number | null, b: number | null): boolean => a === b || (a !== null && b !== null && Math.abs(a - b) < 1e-9);

for (const [i, expected] of cases.scores.entries()) {
  test(`score ${i}`, () => {
    const instrument = live((q) => {
      if ("aggregation" in expected) q.aggregation = expected.aggregation as Instrument["aggregation"];
    });
    const found = score(instrument, expected.answers as Answers);
    ok(found.sections.every((s, n) => near(s, expected.sections[n] ?? null)), JSON.stringify(found.sections));
    ok(near(found.total, expected.total), `${found.total}`);
    deepEqual([found.n_asked, found.n_answered], [expected.asked, expected.answered]);
  });
}

for (const expected of cases.conditions) {
  test(expected.condition, () => {
    const instrument = live((q) => {
      const fourth = q.sections[3];
      if (fourth) fourth.relevant = expected.condition;
    });
    equal(score(instrument, expected.answers as Answers).asked.has("h"), expected.holds);
  });
}
