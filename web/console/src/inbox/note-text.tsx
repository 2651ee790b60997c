// The words of a note: who is named stands out, a case's number leads to it.
import { Fragment } from "react";
import { Link } from "react-router";
import type { Note } from "../api/types";
import { notePartsOf } from "./note-marks";

export function NoteText({ note }: { note: Note }) {
  return (
    <p>
      {notePartsOf(note.text, note.to).map(({ kind, text }, i) => {
        if (kind === "person") return <b key={i} className="named">{text}</b>;
        if (kind === "case") return <Link key={i} to={`/cases?q=${encodeURIComponent(text.slice(1))}`}>{text}</Link>;
        return <Fragment key={i}>{text}</Fragment>;
      })}
    </p>
  );
}
