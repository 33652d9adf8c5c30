"""The languages that a unit or a member may name, in their English names."""

from __future__ import annotations

NAMES = {
    "en": "English",
    "es": "Spanish",
    "ht": "Haitian Creole",
    "ar": "Arabic",
    "zh": "Chinese",
    "fr": "French",
    "de": "German",
    "he": "Hebrew",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pt": "Portuguese",
    "ru": "Russian",
    "tl": "Tagalog",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
}
