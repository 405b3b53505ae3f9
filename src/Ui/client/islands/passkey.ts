// Signs in with a passkey, or makes one. The server asks the question and checks the answer; the key never leaves the device.
const forms = document.querySelectorAll<HTMLFormElement>('form[data-passkey]');

async function question(form: HTMLFormElement) {
  const answer = await fetch(form.dataset.question!, { method: 'POST', body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>) });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

for (const form of forms) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  const says = form.querySelector<HTMLElement>('[role=status]')!;
  form.addEventListener('submit', async event => {
    event.preventDefault();
    says.textContent = '';
    try {
      const asked = await question(form);
      const credential = form.dataset.passkey === 'make'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
      form.querySelector<HTMLInputElement>('[name=Credential]')!.value = JSON.stringify(credential);
      form.submit();
    } catch {
      says.textContent = says.dataset.refused!;
    }
  });
}
