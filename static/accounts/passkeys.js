// Passkeys: what the browser needs as bytes goes over the wire as base64url text, both ways.
// A form with data-passkey stays hidden where the browser has no passkeys.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytesAsId = (credential) => ({ ...credential, id: bytes(credential.id) });

function asJson(credential) {
  const { response } = credential;
  const kept = { clientDataJSON: text(response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[part]) kept[part] = text(response[part]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: kept,
  });
}

function create({ publicKey }) {
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: withBytesAsId(publicKey.user),
      excludeCredentials: (publicKey.excludeCredentials ?? []).map(withBytesAsId),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
}

function get({ publicKey }) {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: (publicKey.allowCredentials ?? []).map(withBytesAsId),
    },
  });
}

const optionsOnPage = () => JSON.parse(document.getElementById("passkey-options").textContent);

async function optionsFromServer(form) {
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return (await response.json()).request_options;
}

const ceremonies = {
  add: () => create(optionsOnPage().creation_options),
  use: () => get(optionsOnPage().request_options),
  "sign-in": async (form) => get(await optionsFromServer(form)),
};

async function perform(form) {
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  try {
    const credential = await ceremonies[form.dataset.passkey](form);
    form.elements.credential.value = asJson(credential);
    form.submit();
  } catch {
    fault.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      perform(form);
    });
  }
}
