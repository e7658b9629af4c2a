"""Settings: read from the environment alone, named when wrong, and no default for a secret."""

import stat
from pathlib import Path

import pytest

from marketplace.config import Settings, kept_secret


def read(tmp_path: Path, **environment: str) -> Settings:
    return Settings.from_environment({"INSTANCE": str(tmp_path), **environment})


def test_a_secret_that_nobody_set_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first, second = read(tmp_path).secret_key, read(tmp_path).secret_key
    assert first == second and len(first) >= 48
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert read(tmp_path, SECRET_KEY="from outside").secret_key == "from outside"


def test_a_crash_while_the_secret_was_written_is_mended(tmp_path: Path) -> None:
    (tmp_path / "key").touch(mode=0o600)
    assert kept_secret(tmp_path, "key") == kept_secret(tmp_path, "key") != ""


@pytest.mark.parametrize(("name", "value"), [("ACCEPT_MINUTES", "two"), ("PORT", "-1"), ("DEMO", "maybe")])
def test_a_wrong_value_names_its_variable(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ValueError, match=name):
        read(tmp_path, **{name: value})


@pytest.mark.parametrize("url", ["postgres://u:p@h/d", "postgresql://u:p@h/d"])
def test_short_postgresql_addresses_mean_psycopg(tmp_path: Path, url: str) -> None:
    assert read(tmp_path, DATABASE_URL=url).database_url == "postgresql+psycopg://u:p@h/d"


def test_https_makes_cookies_secure_and_hosts_strict(tmp_path: Path) -> None:
    public = read(tmp_path, BASE_URL="https://pasar.example/")
    assert public.secure and public.hosts == ["pasar.example"] and public.base_url == "https://pasar.example"
    home = read(tmp_path, PORT="8001")
    assert not home.secure and home.base_url == "http://127.0.0.1:8001" and "localhost" in home.hosts
