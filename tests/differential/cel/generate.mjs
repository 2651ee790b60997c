// Random expressions over fixed variables, well-typed most of the time. The same seed gives the same expressions.

export function random(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

// Tagged JSON, as `zhuqi expr eval` reads it.
const values = {
  int: ["0", "1", "-1", "7", "300", "9223372036854775807", "-9223372036854775808", "9007199254740993"].map((n) => ({ int: n })),
  uint: ["0", "1", "7", "300", "18446744073709551615"].map((n) => ({ uint: n })),
  double: ["0", "-0", "1", "1.5", "-2.25", "1e+30", "NaN", "Infinity", "-Infinity", "300", "9007199254740992"].map((d) => ({ double: d })),
  string: ["", "a", "abc", "参保人数", "300", "true", "-5", "1.5", "😀x", "x y"],
  bytes: ["", "YQ==", "YWJj", "/w=="].map((b) => ({ bytes: b })),
  bool: [true, false],
  null: [null],
  timestamp: ["2024-02-29T23:59:59Z", "1969-12-31T23:59:59.5Z", "1901-12-13T20:45:52Z", "9999-12-31T23:59:59Z"].map((t) => ({ timestamp: t })),
  duration: ["0s", "1s", "-1.5s", "3600s", "9000000000s"].map((d) => ({ duration: d })),
};
// Dates of earlier centuries and the last nanoseconds of 9999 are left out: JavaScript's time zones and rounding differ there.
const scalars = Object.keys(values);
export const variables = { i: "int", j: "int", u: "uint", d: "double", s: "string", r: "string", y: "bytes", b: "bool", c: "bool",
  n: "null", t: "timestamp", g: "duration", l: "list", k: "list", m: "map", w: "list" };

export class generator {
  constructor(seed) {
    this.next = random(seed);
    this.locals = [];
  }
  below(n) { return Math.floor(this.next() * n); }
  pick(list) { return list[this.below(list.length)]; }

  facts() {
    const out = {};
    for (const [name, type] of Object.entries(variables)) {
      if (type === "list") out[name] = this.items(name);
      else if (type === "map") out[name] = { map: this.entries() };
      else out[name] = this.pick(values[type]);
    }
    return out;
  }
  items(name) {
    const length = this.below(4);
    const type = name === "k" ? "string" : "int";
    // No times in lists: the other library cannot show them outside of an evaluation.
    const mixed = ["int", "uint", "double", "string", "bytes", "bool", "null"];
    return Array.from({ length }, () => this.pick(values[name === "w" ? this.pick(mixed) : type]));
  }
  entries() {
    const keys = ["a", "b", "abc"].slice(0, this.below(4));
    return keys.map((key) => [key, this.pick(values.int)]);
  }

  expression(depth = 4) { return this.of(this.pick([...scalars, "list", "map", "bool", "bool"]), depth); }

  of(type, depth) {
    if (this.next() < 0.06) type = this.pick([...scalars, "list", "map", "type"]);
    if (depth <= 0 || this.next() < 0.15) return this.leaf(type);
    const make = this.next() < 0.12 ? this.general : (this[type] ?? this.leaf);
    return make.call(this, depth - 1, type);
  }

  leaf(type) {
    const names = Object.keys(variables).filter((v) => variables[v] === type);
    if (this.locals.length > 0 && this.next() < 0.3) return this.pick(this.locals);
    if (names.length > 0 && this.next() < 0.5) return this.pick(names);
    switch (type) {
      case "int": return this.pick(["0", "1", "2", "-1", "300", "0x1F", "9223372036854775807", "-9223372036854775808"]);
      case "uint": return this.pick(["0u", "1u", "300u", "0xFFu", "18446744073709551615u"]);
      case "double": return this.pick(["0.0", "1.5", "-0.5", "1e3", "300.0", "1e-7", "2.5e300"]);
      case "string": return this.pick(["''", "'a'", '"abc"', "'人'", "'\\u4eba\\n'", "r'\\d'", "'300'", "'UTC'"]);
      case "bytes": return this.pick(["b''", "b'a'", "b'\\xff'", "b'abc'"]);
      case "bool": return this.pick(["true", "false"]);
      case "timestamp": return this.pick(["timestamp('2024-02-29T12:00:00Z')", "timestamp('1970-01-01T00:00:00+08:00')", "timestamp('x')"]);
      case "duration": return this.pick(["duration('90s')", "duration('1h30m')", "duration('-0.5s')", "duration('z')"]);
      case "list": return this.pick(["[]", "[1]", "[1, 2, 3]", "['a', 'b']"]);
      case "map": return this.pick(["{}", "{'a': 1}", "{1: 'x', true: 2}", "{1: 1, 1u: 2}"]);
      case "type": return this.pick(["int", "uint", "double", "string", "bytes", "bool", "list", "map", "null_type", "type"]);
      default: return "null";
    }
  }

  // What gives any type: the test, indexing, dyn, missing names.
  general(depth, type) {
    const e = (t) => this.of(t, depth);
    return this.pick([
      () => `(${e("bool")} ? ${e(type)} : ${e(type)})`,
      () => `dyn(${e(type)})`,
      () => `[${e(type)}, ${e(type)}][${e("int")}]`,
      () => `{'a': ${e(type)}}['a']`,
      () => `{'a': ${e(type)}}.a`,
      () => "missing",
      () => `${e(type)}.nothing()`,
    ])();
  }

  arithmetic(depth, type, signs) {
    return `(${this.of(type, depth)} ${this.pick(signs)} ${this.of(type, depth)})`;
  }
  int(depth) {
    const e = (t) => this.of(t, depth);
    return this.pick([
      () => this.arithmetic(depth, "int", ["+", "-", "*", "/", "%"]),
      () => this.arithmetic(depth, "int", ["+", "-", "*"]),
      () => `-(${e("int")})`,
      () => `size(${e(this.pick(["string", "bytes", "list", "map"]))})`,
      () => `${e("string")}.size()`,
      () => `int(${e(this.pick(["int", "uint", "double", "timestamp"]))})`,
      () => `l[${e("int")}]`,
      () => `m[${e("string")}]`,
      () => `t.${this.pick(["getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getHours", "getMinutes", "getSeconds"])}(${this.pick(["", "'UTC'", "'+08:00'"])})`,
    ])();
  }
  uint(depth) {
    return this.pick([
      () => this.arithmetic(depth, "uint", ["+", "-", "*", "%"]),
      () => `uint(${this.of(this.pick(["int", "uint", "double"]), depth)})`,
    ])();
  }
  double(depth) {
    return this.pick([
      () => this.arithmetic(depth, "double", ["+", "-", "*", "/"]),
      () => `-(${this.of("double", depth)})`,
      () => `double(${this.of(this.pick(["int", "uint", "double"]), depth)})`,
    ])();
  }
  string(depth) {
    return this.pick([
      () => this.arithmetic(depth, "string", ["+"]),
      () => `string(${this.of(this.pick(["int", "uint", "double", "string", "bool", "bytes", "timestamp", "duration"]), depth)})`,
    ])();
  }
  bytes(depth) {
    return this.pick([() => this.arithmetic(depth, "bytes", ["+"]), () => `bytes(${this.of("string", depth)})`])();
  }
  timestamp(depth) { return `(${this.of("timestamp", depth)} ${this.pick(["+", "-"])} ${this.of("duration", depth)})`; }
  duration(depth) { return this.arithmetic(depth, "duration", ["+", "-"]); }
  type(depth) { return `type(${this.of(this.pick(scalars), depth)})`; }
  list(depth) {
    const e = (t) => this.of(t, depth);
    return this.pick([
      () => this.arithmetic(depth, "list", ["+"]),
      () => `[${e(this.pick(scalars))}, ${e(this.pick(scalars))}]`,
      () => this.macro("filter", "list", "bool", depth),
      () => this.macro("map", "list", this.pick(scalars), depth),
      () => this.macro("filter", "map", "bool", depth),
    ])();
  }
  map(depth) {
    const e = (t) => this.of(t, depth);
    return `{${e(this.pick(["string", "int", "uint", "bool"]))}: ${e(this.pick(scalars))}, ${e("string")}: ${e("int")}}`;
  }
  macro(name, over, body, depth) {
    const variable = this.pick(["x", "z", "i"]);
    const of = this.of(over, depth);
    this.locals.push(variable);
    const inner = this.of(body, depth);
    this.locals.pop();
    return `${of}.${name}(${variable}, ${inner})`;
  }
  bool(depth) {
    const e = (t) => this.of(t, depth);
    const any = this.pick(scalars);
    return this.pick([
      () => `(${e("bool")} && ${e("bool")})`,
      () => `(${e("bool")} || ${e("bool")})`,
      () => `!(${e("bool")})`,
      () => `(${e(any)} ${this.pick(["==", "!="])} ${e(any)})`,
      () => `(${e(this.pick(["int", "uint", "double"]))} ${this.pick(["==", "!=", "<", "<=", ">", ">="])} ${e(this.pick(["int", "uint", "double"]))})`,
      () => `(${e(any)} ${this.pick(["<", "<=", ">", ">="])} ${e(any)})`,
      () => `(${e(this.pick(["list", "map"]))} == ${e(this.pick(["list", "map"]))})`,
      () => `(${e(this.pick(["int", "string"]))} in ${e(this.pick(["list", "map"]))})`,
      () => `${e("string")}.${this.pick(["contains", "startsWith", "endsWith"])}(${e("string")})`,
      () => `${e("string")}.matches(${this.pick(["'a+'", "'^[a-z]*$'", "'\\\\d{2}'", "'('", "'人'"])})`,
      () => `has(m.${this.pick(["a", "b", "zz"])})`,
      () => this.macro(this.pick(["all", "exists", "exists_one"]), this.pick(["list", "map"]), "bool", depth),
      () => `bool(${e("string")})`,
      () => `(type(${e(any)}) == ${this.leaf("type")})`,
    ])();
  }
}
