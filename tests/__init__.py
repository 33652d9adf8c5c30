"""The tests mirror the apps, a file per verb; see conftest.py for what they stand on."""
