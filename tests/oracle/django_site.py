"""Django, set up with the site of docs/examples, once for all tests."""

from __future__ import annotations

import os
import sys
import time

import django
from django.conf import settings
from sources import ROOT

SITE = ROOT / "docs" / "examples" / "django_site"

sys.path.insert(0, str(SITE))
os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
settings.DATABASES["default"]["NAME"] = ":memory:"

# Django changes the time zone of the whole process, which is not for the other tests to notice.
zone = os.environ.get("TZ")
django.setup()
if zone is None:
    os.environ.pop("TZ", None)
else:
    os.environ["TZ"] = zone
if hasattr(time, "tzset"):
    time.tzset()
