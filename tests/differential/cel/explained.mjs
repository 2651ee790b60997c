// Where the other implementation is known to part from cel-spec (and from cel-go).
//
// `repairs` replace functions of its library by what the specification says, so that the comparison goes on behind them.
// `explained` are differences that cannot be repaired so: a disagreement that no entry covers is a failure, and an entry that
// covers none any more is reported, so that it can go.

import { create, toJson } from "@bufbuild/protobuf";
import { DurationSchema, TimestampSchema } from "@bufbuild/protobuf/wkt";
import { celFunc, celUint, CelScalar, objectType } from "@bufbuild/cel";

const { DOUBLE, INT, STRING, UINT } = CelScalar;
const TIMESTAMP = objectType(TimestampSchema);
const DURATION = objectType(DurationSchema);

function refuse(what) {
  return () => { throw new Error(what); };
}
function whole(text, least, most) {
  if (!/^[+-]?[0-9]+$/.test(text)) throw new Error("no integer");
  const n = BigInt(text.replace("+", ""));
  if (n < least || n > most) throw new Error("overflow");
  return n;
}
const short_fraction = (text) => text.replace(/(\.[0-9]*?)0+(?=[sZ])/, "$1").replace(/\.(?=[sZ])/, "");

export const repairs = [
  // Prints -0 as 0; the text would not read back as the same number.
  celFunc("string", [DOUBLE], STRING, (x) => (Object.is(x, -0) ? "-0" : x.toString())),
  // Pads fractions to 3, 6 or 9 places, as protobuf's JSON does; cel-go writes the shortest.
  celFunc("string", [TIMESTAMP], STRING, (x) => short_fraction(toJson(TimestampSchema, x.message))),
  celFunc("string", [DURATION], STRING, (x) => short_fraction(toJson(DurationSchema, x.message))),
  // Any text that JavaScript takes for a number ("" is 0, "0x1" is 1), NaN for all others instead of an error.
  celFunc("double", [STRING], DOUBLE, (x) => {
    if (!/^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?$|^[+-]?(Infinity|inf)$|^[+-]?NaN$/.test(x)) throw new Error("no number");
    return Number(x.replace("inf", "Infinity").replace(/.NaN/, "NaN"));
  }),
  celFunc("int", [STRING], INT, (x) => whole(x, -(2n ** 63n), 2n ** 63n - 1n)),
  celFunc("uint", [STRING], UINT, (x) => celUint(whole(x, 0n, 2n ** 64n - 1n))),
  // Takes seconds for milliseconds, and does not check the range.
  celFunc("timestamp", [INT], TIMESTAMP, (x) => {
    if (x < -62135596800n || x > 253402300799n) throw new Error("out of range");
    return create(TimestampSchema, { seconds: x });
  }),
  // Not in CEL's standard library.
  celFunc("int", [DURATION], INT, refuse("no such overload")),
  celFunc("duration", [INT], DURATION, refuse("no such overload")),
];

export const explained = [
  {
    id: "equal-keys-of-two-types",
    why: "{1: .., 1u: ..} names one key twice (cel-spec fields/map_value_repeat_key_heterogeneous); they keep both.",
    covers: ({ us }) => us.why === "duplicate-key",
  },
  {
    id: "keys-of-other-types",
    why: "{0.5: ..} and {null: ..} are errors (cel-spec fields/map_key_float, map_key_null); they keep the entry.",
    covers: ({ us }) => us.why === "bad-key",
  },
  {
    id: "bad-map-beside-an-error",
    why: "The two above, where && or || tells of another error first.",
    covers: ({ expr, us, theirs }) => us.text === "error" && theirs.text !== "error" && /&&|\|\||\.(all|exists)\(/.test(expr) && /\{[^{}]*:/.test(expr),
  },
  {
    id: "odd-key-in-map",
    why: "Asking a map for a key that no map can have is false in cel-go and here, an error there.",
    covers: ({ expr, us, theirs }) => theirs.text === "error" && us.text !== "error" && / in /.test(expr) &&
      (/'@in' applied to '\((null_type|bytes|list|map|type|google[^,]*), map/.test(theirs.why) || /&&|\|\|/.test(expr)),
  },
  {
    id: "list-index-bool",
    why: "[a, b][false] is a there; CEL's lists are indexed by integers (cel-spec lists/index).",
    covers: ({ expr, us, theirs }) => us.why === "no-overload" && theirs.text !== "error" && /[\])\w]\[/.test(expr),
  },
  {
    id: "signs-cancel",
    why: "-(-(x)) and !(!(x)) drop both signs before any type is looked at; we apply them, so a string has no negation and -(-(min)) overflows.",
    covers: ({ expr, us, theirs }) => /-\(-\(|!\(!\(/.test(expr) && us.text === "error" && theirs.text !== "error",
  },
];
