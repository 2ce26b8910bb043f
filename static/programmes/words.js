// Counts the words of a text as they are typed, the way the server does: what stands between spaces.

const QUIET_FOR = 1000; // milliseconds without a key before a screen reader is told

const words = (number) => `${number.toLocaleString("en-GB")} word${number === 1 ? "" : "s"}`;

function sentence(count, most) {
  const left = most - count;
  return left < 0 ? `You have ${words(-left)} too many` : `You have ${words(left)} left`;
}

function count(field) {
  const seen = document.getElementById("words-left");
  const heard = document.createElement("span");
  heard.className = "govuk-visually-hidden";
  heard.setAttribute("aria-live", "polite");
  seen.after(heard);
  const most = Number(field.dataset.wordsMost);
  let timer = null;
  function update() {
    const number = field.value.match(/\S+/g)?.length ?? 0;
    seen.textContent = sentence(number, most);
    seen.classList.toggle("govuk-error-message", number > most);
    clearTimeout(timer);
    timer = setTimeout(() => (heard.textContent = seen.textContent), QUIET_FOR);
  }
  field.addEventListener("input", update);
  window.addEventListener("pageshow", update); // Back brings what was typed
  update();
}

for (const field of document.querySelectorAll("[data-words-most]")) count(field);
