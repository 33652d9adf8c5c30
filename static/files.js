// Says beside the field that a file is larger than one request may be, before megabytes are sent for nothing: the
// server would cut them off and what was typed would be out of sight. Pieces of a large upload have a script of their own.

const LARGEST = 45_000_000; // as members.kept_files.MOST_BYTES

document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.type !== "file" || !field.form || "uploads" in field.form.dataset) return;
  field.parentElement.querySelector("[data-too-large]")?.remove();
  const files = [...field.form.querySelectorAll("input[type=file]")].flatMap((one) => [...one.files]);
  if (files.reduce((sum, file) => sum + file.size, 0) <= LARGEST) return;
  field.value = "";
  const says = document.createElement("p");
  says.className = "field-error";
  says.dataset.tooLarge = "";
  says.setAttribute("role", "alert");
  says.textContent = "The files are larger than 45 MB together: choose a smaller one, or send fewer at once.";
  field.after(says);
});
