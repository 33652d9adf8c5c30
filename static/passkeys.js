// Passkeys: asks the browser for one, or to make one, and sends what it answers in the form's field `credential`.
// data-passkey says `get` or `create`; the options lie in the page (data-options-in) or are fetched (data-options-at).

const SAID = {
  NotAllowedError: "Nothing was chosen, or it took too long. Try again.",
  AbortError: "It was broken off. Try again.",
  InvalidStateError: "This device already holds a passkey of yours for this unit.",
  NotSupportedError: "This device can hold no passkey. Use another device, or an authenticator app.",
  SecurityError: "The browser allows no passkeys at this address. Open the unit by its name, over https (on the machine it runs on: localhost).",
  NetworkError: "The unit did not answer. Try again.",
};

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const decoded = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }));

async function optionsOf(form) {
  if (form.dataset.optionsIn) return JSON.parse(document.getElementById(form.dataset.optionsIn).textContent).publicKey;
  const answer = await fetch(form.dataset.optionsAt, { headers: { Accept: "application/json" } })
    .catch(() => { throw new DOMException("", "NetworkError"); });
  if (!answer.ok) throw new DOMException("", "NetworkError");
  return (await answer.json()).request_options.publicKey;
}

function asked(options) {
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    allowCredentials: decoded(options.allowCredentials),
    excludeCredentials: decoded(options.excludeCredentials),
  };
}

function answered(credential) {
  const { clientDataJSON, attestationObject, authenticatorData, signature, userHandle } = credential.response;
  const parts = { clientDataJSON, attestationObject, authenticatorData, signature, userHandle };
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(Object.entries(parts).filter(([, part]) => part).map(([name, part]) => [name, text(part)])),
  };
}

async function ask(form) {
  const says = form.querySelector("[data-says]");
  const button = form.querySelector("button");
  says.hidden = true;
  button.disabled = true;
  try {
    const publicKey = asked(await optionsOf(form));
    form.elements.credential.value = JSON.stringify(answered(await navigator.credentials[form.dataset.passkey]({ publicKey })));
    form.submit();
  } catch (error) {
    says.textContent = SAID[error.name] ?? "The passkey could not be used. Try again.";
    says.hidden = false;
    button.disabled = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    for (const button of form.querySelectorAll("[data-needs-passkeys]")) button.disabled = false;
    for (const words of form.querySelectorAll("[data-without-passkeys]")) words.hidden = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask(form);
    });
  }
  // Back from the next page the button must be pressable again.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
