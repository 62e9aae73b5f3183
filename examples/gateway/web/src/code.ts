/** The QR code that the gateway draws. */
export interface Code {
  /** Where it leads. */
  link: string;
  picture: SVGSVGElement;
}

/** Reads the answer of the gateway: an SVG with the link as its title, or nothing. */
export async function parseCode(answer: Response): Promise<Code | undefined> {
  if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("image/svg+xml")) return undefined;
  const read = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const title = read.querySelector("title");
  const picture = document.importNode(read.documentElement, true);
  if (!(picture instanceof SVGSVGElement) || title === null || !/^https?:/.test(title.textContent)) return undefined;
  picture.querySelector("title")?.remove(); // a browser would show the token with it
  return { link: title.textContent, picture };
}
