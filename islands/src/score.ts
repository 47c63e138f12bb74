// Scores answers while somebody gives them, as the server does when they are handed in; test/scores.json holds for both.

import { holds, type Value } from "./condition";

export interface Choice {
  id: string;
  score?: number | null;
}
export interface Question {
  id: string;
  type: "choice" | "multi" | "yes_no" | "scale" | "number" | "date" | "text";
  weight: number;
  /** Whether it scores. */
  scores: boolean;
  relevant?: string;
  yes?: number;
  no?: number;
  steps?: number;
  minimum?: number;
  maximum?: number;
  points?: [number, number][];
  choices?: Choice[];
}
export interface Section {
  id: string;
  weight: number;
  relevant?: string | null;
  questions: Question[];
}
export interface Instrument {
  aggregation: "arithmetic" | "geometric" | "minimum" | "none";
  sections: Section[];
}
export type Answers = Record<string, string | undefined>;

export interface Scored {
  /** Codes of the questions that are asked. */
  asked: Set<string>;
  sections: (number | null)[];
  total: number | null;
  /** Of the questions that count for the coverage. */
  n_asked: number;
  n_answered: number;
}

const NONE = "none";

/** Whether an answer is one that the question offers. */
function isAnswer(question: Question, value: string): boolean {
  const isChoice = (code: string): boolean => question.choices?.some((c) => c.id === code) ?? false;
  switch (question.type) {
    case "choice":
      return isChoice(value);
    case "multi": {
      if (value === NONE && !isChoice(NONE)) return true;
      const codes = value.split(/\s+/);
      const excuse = codes.some((code) => question.choices?.find((c) => c.id === code)?.score === null);
      return codes.every(isChoice) && (!excuse || new Set(codes).size === 1);
    }
    case "yes_no":
      return value === "yes" || value === "no";
    case "scale":
      return /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= (question.steps ?? 0);
    case "number": {
      const n = Number(value);
      return Number.isFinite(n) && n >= (question.minimum ?? -Infinity) && n <= (question.maximum ?? Infinity);
    }
    default:
      return true;
  }
}

function onLine(points: [number, number][], x: number): number {
  const [first, last] = [points[0], points[points.length - 1]];
  if (!first || !last) return 0;
  if (x <= first[0]) return first[1];
  for (let i = 1; i < points.length; i += 1) {
    const [a, b] = [points[i - 1], points[i]];
    if (a && b && x <= b[0]) return a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]);
  }
  return last[1];
}

/** The points of an answer from 0 to 100; null where the question does not apply. */
function points(question: Question, value: string): number | null {
  const of = (code: string): number | null | undefined => question.choices?.find((c) => c.id === code)?.score;
  switch (question.type) {
    case "choice":
      return of(value) ?? null;
    case "multi": {
      const scores = [...new Set(value.split(/\s+/))].map(of);
      if (scores.includes(null)) return null;
      return Math.min(scores.reduce<number>((sum, s) => sum + (s ?? 0), 0), 100);
    }
    case "yes_no":
      return value === "yes" ? (question.yes ?? 100) : (question.no ?? 0);
    case "scale":
      return ((Number(value) - 1) / ((question.steps ?? 2) - 1)) * 100;
    case "number":
      return onLine(question.points ?? [], Number(value));
    default:
      return null;
  }
}

function remember(values: Map<string, Value>, question: Question, value: string): void {
  if (question.type === "multi") {
    const codes = value.split(/\s+/);
    for (const choice of question.choices ?? []) values.set(`${question.id}.${choice.id}`, codes.includes(choice.id) ? 1 : 0);
  } else {
    values.set(question.id, question.type === "scale" || question.type === "number" ? Number(value) : value);
  }
}

function mean(parts: [number, number][]): number | null {
  const weights = parts.reduce((sum, [w]) => sum + w, 0);
  return weights > 0 ? parts.reduce((sum, [w, s]) => sum + w * s, 0) / weights : null;
}

function total(instrument: Instrument, sections: (number | null)[]): number | null {
  const parts: [number, number][] = [];
  instrument.sections.forEach((section, i) => {
    const score = sections[i];
    if (section.weight > 0 && score !== null && score !== undefined) parts.push([section.weight, score]);
  });
  if (parts.length === 0) return null;
  switch (instrument.aggregation) {
    case "arithmetic":
      return mean(parts);
    case "geometric": {
      const logarithm = mean(parts.map(([w, s]) => [w, Math.log(s)]));
      return logarithm === null ? null : Math.exp(logarithm);
    }
    case "minimum":
      return Math.min(...parts.map(([, s]) => s));
    default:
      return null;
  }
}

export function score(instrument: Instrument, answers: Answers): Scored {
  const values = new Map<string, Value>();
  const asked = new Set<string>();
  const counted = { scored: [0, 0] as [number, number], all: [0, 0] as [number, number] };
  const sections = instrument.sections.map((section) => {
    const lookup = (name: string): Value | undefined => values.get(name);
    const isAsked = !section.relevant || holds(section.relevant, lookup);
    const parts: [number, number][] = [];
    for (const question of section.questions) {
      if (!isAsked || (question.relevant && !holds(question.relevant, lookup))) continue;
      asked.add(question.id);
      const given = (answers[question.id] ?? "").trim();
      const isAnswered = given !== "" && isAnswer(question, given);
      for (const count of question.scores ? [counted.scored, counted.all] : [counted.all]) {
        count[0] += 1;
        if (isAnswered) count[1] += 1;
      }
      if (!isAnswered) continue;
      remember(values, question, given);
      const own = question.scores ? points(question, given) : null;
      if (own !== null) parts.push([question.weight, own]);
    }
    return mean(parts);
  });
  const [n_asked, n_answered] = counted.scored[0] > 0 ? counted.scored : counted.all;
  return { asked, sections, total: total(instrument, sections), n_asked, n_answered };
}
