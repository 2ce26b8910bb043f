"""What a machine can find wrong with a page: by axe, by its width, by its links."""

from functools import cache
from typing import Any

from django.conf import settings
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = (
    f"axe.run(document, {{runOnly: {{type: 'tag', values: {TAGS}}}, resultTypes: ['violations']}})"
)
SIDEWAYS = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().left + element.scrollWidth > width + 1)
    .slice(-3)  // the innermost tell the most
    .map((element) => element.outerHTML.slice(0, 120));
}"""
TO_NOWHERE = """() => [...document.querySelectorAll('a[href^="#"]')]
  .map((link) => link.getAttribute("href").slice(1))
  .filter((id) => !document.getElementById(id))"""


# Everything that takes the focus must look different when it has it. GOV.UK's radio buttons and
# checkboxes are drawn by their labels.
UNSEEN_FOCUS = """() => {
  const look = (element) => {
    const drawn = ["radio", "checkbox"].includes(element.type) && element.labels.length
      ? getComputedStyle(element.labels[0], "::before")
      : getComputedStyle(element);
    return ["outline", "boxShadow", "backgroundColor", "borderWidth"].map((name) => drawn[name]).join();
  };
  const takesFocus = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  document.activeElement.blur();
  const unseen = [...document.querySelectorAll(takesFocus)].filter((element) => {
    // Closed details hide what is in them.
    if (element.disabled || !element.checkVisibility({ visibilityProperty: true })) return false;
    const before = look(element);
    element.focus({ focusVisible: true, preventScroll: true });
    const same = look(element) === before;
    element.blur();
    return same;
  });
  return unseen.map((element) => element.outerHTML.slice(0, 120));
}"""


@cache
def _axe() -> str:
    return (settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text()


def faults_of(page: Page) -> list[str]:
    """Axe's violations of WCAG 2.2 AA and its best practices, what is too wide, unseen focus."""
    too_wide = [f"wider than the window: {html}" for html in page.evaluate(SIDEWAYS)]
    unseen = [f"the focus is not seen on: {html}" for html in page.evaluate(UNSEEN_FOCUS)]
    return too_wide + unseen + [_sentence(violation) for violation in _violations(page)]


def _violations(page: Page) -> list[dict[str, Any]]:
    """Over the debugging protocol, which the page's content security policy does not bind."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _axe()})
    answer = session.send(
        "Runtime.evaluate", {"expression": RUN, "awaitPromise": True, "returnByValue": True}
    )
    session.detach()
    assert "exceptionDetails" not in answer, answer
    violations: list[dict[str, Any]] = answer["result"]["value"]["violations"]
    return violations


def _sentence(violation: dict[str, Any]) -> str:
    places = [
        f"    {' '.join(map(str, node['target']))}: {node['html'][:160]}\n"
        f"      {node['failureSummary']}"
        for node in violation["nodes"]
    ]
    return "\n".join([f"{violation['id']}: {violation['help']}", *places])


def links_to_nowhere(page: Page) -> list[str]:
    """Links within the page, those of an error summary among them, that lead to no element."""
    return [f"the link #{id_} leads nowhere" for id_ in page.evaluate(TO_NOWHERE)]
