// Keeps the front page fresh. Without a script the page is as it was when it was opened.
setInterval(async () => {
  if (document.hidden || document.activeElement.closest("#live")) return;
  const answer = await fetch(location.href).catch(() => null);
  if (!answer || !answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  document.getElementById("live").replaceWith(fresh);
}, 2000);
