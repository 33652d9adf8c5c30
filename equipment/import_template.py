"""The list to fill in: its headings are those that the import knows, its lines show how each is written."""

from __future__ import annotations

HEAD = (
    *("asset tag", "name", "kind", "maker", "model", "serial number", "capabilities", "state", "value in dollars"),
    *("acquired on", "supplier", "warranty until", "place in the office", "instructions as a link", "remark"),
)
ROWS: tuple[tuple[str, ...], ...] = (
    (
        *("SMU-0101", "Camera 1", "camera", "Example", "C-100", "EX100-0001", "capture images; capture video"),
        *("serviceable", "1299.00", "2025-03-14", "Example Photo Supply", "2027-03-14", "cabinet A, shelf 2"),
        *("https://manuals.example/c-100", "the line can be deleted"),
    ),
    (
        *("", "Tripod 1", "tripod", "Example", "T-20", "", "", "needs attention", "189.50", "2024-11-02", "", ""),
        *("cabinet A, floor", "", "without a tag it is given one"),
    ),
)
