// Starts GOV.UK Frontend's components; every page works without them.

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
  createAll,
} from "govuk-frontend";
import { watchForTrouble } from "./trouble.js";

const COMPONENTS = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  Tabs,
];

document.body.classList.add("js-enabled", "govuk-frontend-supported");

function start(scope) {
  for (const component of COMPONENTS) createAll(component, undefined, scope);
}

start(document);
watchForTrouble();

// What htmx brings in may hold components too.
document.body.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) start(detail.elt);
});
