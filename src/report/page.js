"use strict";
// Without scripts everything can be read; they add a button under each chart that saves it as a file.
for (const figure of document.querySelectorAll("figure[data-file]")) {
  const drawing = figure.querySelector("svg");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Save SVG";
  button.setAttribute("aria-label", "Save as SVG: " + drawing.getAttribute("aria-label"));
  button.addEventListener("click", () => {
    const alone = drawing.cloneNode(true);
    alone.setAttribute("font-family", "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif");
    const text = new XMLSerializer().serializeToString(alone);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    link.download = figure.dataset.file + ".svg";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  figure.append(button);
}
