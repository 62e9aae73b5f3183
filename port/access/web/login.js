// Signs in: a GET with the password in a header, then the answer by its ticket. The cookie that comes with it
// is not for scripts.

const at = (id) => document.getElementById(id);
const form = at("form");
const name = at("name");
const password = at("password");
const problem = at("problem");
const enter = at("enter");
const show = at("show");

/** Where to go on: the page beside this one, at the place in it that was asked for. */
const next = () => new URL("./" + location.hash, location.href).href;

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function ask(headers) {
  const response = await fetch("session", { headers, cache: "no-store", signal: AbortSignal.timeout(10_000) });
  const json = (response.headers.get("Content-Type") ?? "").startsWith("application/json");
  const body = json ? await response.json() : {};
  return { status: response.status, body };
}

function encoded(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Asks until the password has been checked. */
async function signIn() {
  let answer = await ask({ Authorization: `Basic ${encoded(`${name.value.trim()}:${password.value}`)}` });
  const { ticket } = answer.body;
  for (let asked = 0; answer.status === 202 && asked < 100; asked += 1) {
    await pause(Math.min(100 + 50 * asked, 500));
    answer = await ask({ "X-Login-Ticket": ticket });
  }
  return answer;
}

function complain(text, ...fields) {
  problem.textContent = text;
  for (const field of [name, password]) {
    if (fields.includes(field)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

function inWords(seconds) {
  if (seconds < 60) return seconds === 1 ? "1 second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

/** Counts down until another attempt is allowed. */
async function wait(seconds) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const left = Math.ceil((until - Date.now()) / 1000);
    if (left <= 0) break;
    complain(`Too many wrong attempts from your network. Try again in ${inWords(left)}.`);
    await pause(Math.min(1000, until - Date.now()));
  }
  complain("");
}

async function submit() {
  if (name.value.trim() === "") {
    complain("Enter your name.", name);
    return name.focus();
  }
  if (password.value === "") {
    complain("Enter your password.", password);
    return password.focus();
  }
  complain("");
  enter.disabled = true;
  enter.textContent = "Checking…";
  try {
    let answer = await signIn();
    for (let again = 0; answer.status === 503 && answer.body.wait === 1 && again < 5; again += 1) {
      await pause(1000);
      answer = await signIn();
    }
    const { status, body } = answer;
    if (status === 200) {
      password.value = "";
      return location.replace(next());
    }
    if (status === 429) {
      enter.textContent = "Sign in";
      await wait(body.wait ?? 1);
    } else if (status === 403 && body.reason === "wrong name or password") {
      complain("Wrong name or password.", name, password);
    } else if (status === 202) {
      complain("The server is busy. Try again.");
    } else {
      complain(body.reason ? `The server says: ${body.reason}.` : `The server answered ${status}.`);
    }
  } catch {
    complain("The server does not answer. Check the connection, and try again.");
  }
  enter.disabled = false;
  enter.textContent = "Sign in";
  password.select();
  password.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (!enter.disabled) void submit();
});
for (const field of [name, password]) field.addEventListener("input", () => field.removeAttribute("aria-invalid"));
show.addEventListener("click", () => {
  const hidden = password.type === "text";
  password.type = hidden ? "password" : "text";
  show.textContent = hidden ? "Show" : "Hide";
  show.setAttribute("aria-pressed", String(!hidden));
  password.focus();
});

at("where").textContent = location.host;
const news = {
  "?signed-out": "You are signed out.",
  "?ended": "Your session has ended. Sign in again.",
}[location.search];
if (news !== undefined) {
  at("news").textContent = news;
  at("news").hidden = false;
}
name.focus();

// Who is signed in already, or need not, has nothing to do here.
ask({})
  .then(({ body }) => {
    if (body.role !== undefined && body.role !== "none") location.replace(next());
  })
  .catch(() => complain("The server does not answer. Check the connection, and try again."));
