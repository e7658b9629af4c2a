"""The version of the terms and the privacy page that people agree to; it is stored with each consent."""

# Change it together with templates/pages/terms.html or privacy.html.
TERMS_VERSION = "2026-11"
