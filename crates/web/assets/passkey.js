// Makes and shows passkeys: the one thing that a page cannot do by itself.
//
// A form that bears `data-passkey` tells with `make` or `show` what its button does, and with `data-options` with what, as
// the office wrote it (Web Authentication Level 3, the JSON of options). What comes is put into its hidden fields, and the
// form is sent as any other.
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
const known = (list) => list.map((one) => ({ ...one, id: bytes(one.id) }));

async function make(options) {
  const user = { ...options.user, id: bytes(options.user.id) };
  const excludeCredentials = known(options.excludeCredentials);
  const publicKey = { ...options, challenge: bytes(options.challenge), user, excludeCredentials };
  const { response } = await navigator.credentials.create({ publicKey });
  return { client_data: response.clientDataJSON, authenticator_data: response.getAuthenticatorData() };
}

async function show(options) {
  const allowCredentials = known(options.allowCredentials);
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials };
  const { rawId, response } = await navigator.credentials.get({ publicKey });
  return {
    id: rawId,
    client_data: response.clientDataJSON,
    authenticator_data: response.authenticatorData,
    signature: response.signature,
  };
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const told = form.querySelector("[role=status]");
    told.textContent = "Follow what your browser asks.";
    try {
      const come = form.dataset.passkey === "make" ? make : show;
      const fields = await come(JSON.parse(form.dataset.options));
      for (const [name, buffer] of Object.entries(fields)) form.elements[name].value = text(buffer);
      form.submit();
    } catch (error) {
      // Which of the reasons it was is not told to pages, so that they learn nothing about their readers.
      told.textContent = `Nothing came of it (${error.name}). Try again, or use another second factor.`;
    }
  });
}
