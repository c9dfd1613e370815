/** A text of the server as a person should read it; an address may break after @ and its dots, and nowhere else. */
import { forPerson } from "./plain.ts";

const address = /([^\s<>"]+@[^\s<>",;:]+\w)/;

export function Address({ text }: { text: string }) {
  return (
    <>
      {text.split(/(?<=[@.])/).map((piece, index) => (
        <>
          {index > 0 && <wbr />}
          {piece}
        </>
      ))}
    </>
  );
}

export function Said({ text }: { text: string }) {
  return (
    <>
      {forPerson(text)
        .split(address)
        .map((piece, index) => (index % 2 === 1 ? <Address text={piece} /> : piece))}
    </>
  );
}
