// Keeps an open page true: when the server says that something changed, the page is asked for again and its main part put in place.
(() => {
  const live = document.getElementById("live");
  let asked = 0;
  let waiting = 0;

  const refresh = async () => {
    waiting = 0;
    const mine = ++asked;
    const response = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!response.ok || mine !== asked) return;
    const next = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("main");
    const main = document.getElementById("main");
    // A form that is being filled in is left alone.
    if (!next || main.querySelector("form :focus")) return;
    const opened = [...main.querySelectorAll("details")].map((d) => d.open);
    main.replaceChildren(...next.childNodes);
    const details = [...main.querySelectorAll("details")];
    if (details.length === opened.length) details.forEach((d, i) => { d.open = opened[i]; });
  };

  const changed = () => {
    if (!waiting) waiting = setTimeout(() => refresh().catch(() => {}), 250);
  };

  const events = new EventSource("/api/events");
  for (const kind of ["incident", "change", "lesson", "repository", "telemetry"]) events.addEventListener(kind, changed);
  let lost = false;
  events.onopen = () => { live.textContent = "live"; if (lost) changed(); lost = false; };
  events.onerror = () => { live.textContent = "not live: the server does not answer"; lost = true; };
})();
