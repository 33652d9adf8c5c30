"""What a thing can do with what: the fifteen capabilities that the inventory must have (3.2)."""

from __future__ import annotations

ACTS = {"capture": "capture", "transfer": "transfer", "edit": "edit", "store": "store", "publish": "publish"}
MATTERS = {"image": "images", "video": "video", "audio": "audio"}

# `capture:image` → "capture images"
CAPABILITIES = {f"{act}:{matter}": f"{does} {what}" for act, does in ACTS.items() for matter, what in MATTERS.items()}
