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


@cache
def _axe() -> str:
    return (settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js").read_text()


def faults_of(page: Page) -> list[str]:
    """Axe's violations of WCAG 2.2 AA and its best practices, and whatever makes the page too wide."""
    too_wide = [f"wider than the window: {html}" for html in page.evaluate(SIDEWAYS)]
    return too_wide + [_sentence(violation) for violation in _violations(page)]


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
