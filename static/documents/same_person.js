// A page that outlives its session: who signs in again in another tab goes on here with nothing lost.

/** Whether the server took whoever asked for nobody, or no longer knows this page's token. */
export function isSignedOut(response) {
  return response.type === "opaqueredirect" || response.status === 403;
}

/**
 * The token that this page would have if it were loaded now, or nothing while nobody is signed in.
 *
 * Somebody else's is not taken: they would save under their own name what they have not done. `mark` is
 * the attribute in which the page names its person by number.
 */
export async function newToken(mark) {
  const response = await fetch(location.href, { redirect: "manual" });
  if (!response.ok) return "";
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const personOf = (document) => document.querySelector(`[${mark}]`)?.getAttribute(mark);
  if (personOf(page) !== personOf(document)) return "";
  return page.querySelector("[name=csrfmiddlewaretoken]").value;
}
