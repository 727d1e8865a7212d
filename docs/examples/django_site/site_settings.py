"""The settings of a site with one app; "septet" is there for its translations."""

SECRET_KEY = "only for the tests of this example"
INSTALLED_APPS = ["septet", "reminders"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "reminders.sqlite3"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "fr"
USE_I18N = True
USE_TZ = True
