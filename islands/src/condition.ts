// Conditions over earlier answers, in the language of the server: stage in ('build', 'use') and not rooms < 2.
// A comparison with something unanswered is unknown; unknown and false is false, unknown or true is true.

/** A value that a condition can name; absent when it was not answered. */
export type Value = number | string;
export type Lookup = (name: string) => Value | undefined;

type Known = Value | boolean | undefined;

const FUNCTIONS: Record<string, (x: number, y: number) => number> = {
  abs: (x) => Math.abs(x),
  max: (x, y) => Math.max(x, y),
  min: (x, y) => Math.min(x, y),
  sqrt: (x) => Math.sqrt(x),
  round: (x, y) => {
    const scale = 10 ** (Number.isNaN(y) ? 0 : y);
    const [shifted, low] = [x * scale, Math.floor(x * scale)];
    // Halves go to the even neighbour, as on the server.
    return (shifted - low === 0.5 ? low + (low % 2) : Math.round(shifted)) / scale;
  },
};

const TOKEN = /\s*(?:(\d[\w.]*|\.\d+)|([\p{L}_][\p{L}\p{N}_.]*)|'([^']*)'|"([^"]*)"|`([^`]*)`|(\|\||&&|%in%|==|!=|<=|>=|[-+*/<>=!|&(),]))/uy;

type Token = { number?: number; name?: string; text?: string; sign?: string };

function tokens(text: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (text.slice(TOKEN.lastIndex).trim() !== "") {
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`unreadable condition: ${text}`);
    const [, number, name, single, double, quoted, sign] = match;
    const words = single ?? double;
    if (number !== undefined) found.push({ number: Number(number) });
    else if (words !== undefined) found.push({ text: words });
    else if (sign !== undefined) found.push({ sign });
    else found.push({ name: name ?? quoted });
  }
  return found;
}

function number(value: Known): number {
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "number" ? value : NaN;
}

function truth(value: Known): boolean | undefined {
  if (typeof value === "boolean") return value;
  return typeof value === "number" && !Number.isNaN(value) ? value !== 0 : undefined;
}

function compare(sign: string, a: Known, b: Known): boolean | undefined {
  const order = (): number | undefined => {
    if (typeof a === "string" && typeof b === "string") return a < b ? -1 : a > b ? 1 : 0;
    const [x, y] = [number(a), number(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? undefined : Math.sign(x - y);
  };
  const found = order();
  if (found === undefined) return undefined;
  switch (sign) {
    case "!=":
      return found !== 0;
    case "<":
      return found < 0;
    case "<=":
      return found <= 0;
    case ">":
      return found > 0;
    case ">=":
      return found >= 0;
    default:
      return found === 0;
  }
}

/** Whether a condition holds; what is unknown does not. */
export function holds(text: string, lookup: Lookup): boolean {
  const all = tokens(text);
  let at = 0;
  const sign = (...signs: string[]): string | undefined => {
    const here = all[at];
    const found = here?.sign ?? here?.name;
    if (found === undefined || !signs.includes(found)) return undefined;
    at += 1;
    return found;
  };

  function either(): Known {
    let value = both();
    while (sign("||", "|", "or")) {
      const [a, b] = [truth(value), truth(both())];
      value = a || b ? true : a === false && b === false ? false : undefined;
    }
    return value;
  }
  function both(): Known {
    let value = negation();
    while (sign("&&", "&", "and")) {
      const [a, b] = [truth(value), truth(negation())];
      value = a === false || b === false ? false : a && b ? true : undefined;
    }
    return value;
  }
  function negation(): Known {
    if (!sign("!", "not")) return comparison();
    const inner = truth(negation());
    return inner === undefined ? undefined : !inner;
  }
  function comparison(): Known {
    const left = sum();
    if (sign("%in%", "in")) {
      sign("c");
      sign("(");
      const equal: (boolean | undefined)[] = [];
      do equal.push(compare("==", left, sum()));
      while (sign(","));
      sign(")");
      return equal.includes(true) ? true : equal.includes(undefined) ? undefined : false;
    }
    const how = sign("==", "!=", "<=", ">=", "<", ">", "=");
    return how ? compare(how, left, sum()) : left;
  }
  function sum(): Known {
    let value = product();
    for (let how = sign("+", "-"); how; how = sign("+", "-")) {
      const [a, b] = [number(value), number(product())];
      value = how === "+" ? a + b : a - b;
    }
    return value;
  }
  function product(): Known {
    let value = atom();
    for (let how = sign("*", "/"); how; how = sign("*", "/")) {
      const [a, b] = [number(value), number(atom())];
      value = how === "*" ? a * b : b === 0 ? NaN : a / b;
    }
    return value;
  }
  function atom(): Known {
    if (sign("(")) {
      const inner = either();
      sign(")");
      return inner;
    }
    if (sign("-")) return -number(atom());
    const here = all[at];
    at += 1;
    if (here?.number !== undefined) return here.number;
    if (here?.text !== undefined) return here.text;
    const name = here?.name ?? "";
    const own = FUNCTIONS[name];
    if (own && sign("(")) {
      const given = [number(either())];
      while (sign(",")) given.push(number(either()));
      sign(")");
      return own(given[0] ?? NaN, given[1] ?? NaN);
    }
    if (name === "true" || name === "TRUE") return 1;
    if (name === "false" || name === "FALSE") return 0;
    return lookup(name);
  }
  return truth(either()) === true;
}
