"""Environment variables: read once, typed, refused with a sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from climate_portal import environment as env
from climate_portal.environment import BadEnvironment

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture
def variable(monkeypatch: pytest.MonkeyPatch):
    return lambda value: monkeypatch.setenv("PORTAL_TEST", value)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("ja", True), ("On", True), ("0", False), ("nei", False)]
)
def test_flag(variable, value: str, expected: bool) -> None:
    variable(value)
    assert env.flag("PORTAL_TEST", not expected) is expected


def test_empty_flag_is_the_default(variable) -> None:
    variable("  ")
    assert env.flag("PORTAL_TEST", True) is True
    assert env.flag("PORTAL_TEST") is False


def test_flag_that_is_neither_is_refused(variable) -> None:
    variable("kanskje")
    with pytest.raises(BadEnvironment, match="PORTAL_TEST='kanskje'"):
        env.flag("PORTAL_TEST")


def test_whole_number(variable) -> None:
    assert env.whole_number("PORTAL_TEST", 8000) == 8000
    variable("9000")
    assert env.whole_number("PORTAL_TEST", 8000) == 9000


@pytest.mark.parametrize("value", ["1,5", "-1", "åtte", "1e3"])
def test_number_that_is_not_whole_is_refused(variable, value: str) -> None:
    variable(value)
    with pytest.raises(BadEnvironment, match="PORTAL_TEST"):
        env.whole_number("PORTAL_TEST", 8000)


def test_words(variable) -> None:
    assert env.words("PORTAL_TEST", ("a",)) == ["a"]
    variable(" en, to ,,tre")
    assert env.words("PORTAL_TEST") == ["en", "to", "tre"]


def test_origin_keeps_scheme_and_host(variable) -> None:
    variable("https://klima.kommune.example/")
    assert env.origin("PORTAL_TEST") == "https://klima.kommune.example"


@pytest.mark.parametrize("value", ["klima.kommune.example", "ftp://klima.example", "https://"])
def test_origin_without_scheme_or_host_is_refused(variable, value: str) -> None:
    variable(value)
    with pytest.raises(BadEnvironment, match="PORTAL_TEST"):
        env.origin("PORTAL_TEST")


def test_data_folder_is_absolute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_DATA_DIR", "her/../der")
    assert env.data_folder() == Path.cwd() / "der"
    monkeypatch.delenv("PORTAL_DATA_DIR")
    assert env.data_folder() == PROJECT / ".local"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgresql://ola:hem%40lig@db.example:5433/klima?sslmode=require",
            ("klima", "ola", "hem@lig", "db.example", "5433", {"sslmode": "require"}),
        ),
        ("postgresql:///klima?host=/run/postgresql", ("klima", "", "", "/run/postgresql", "", {})),
        ("postgresql://ola@/klima?host=%2Ftmp%2Fmed%20rom", ("klima", "ola", "", "/tmp/med rom", "", {})),
        ("host=/run/postgresql dbname=klima user=ola", ("klima", "ola", "", "/run/postgresql", "", {})),
    ],
)
def test_database_address(variable, address: str, expected: tuple[object, ...]) -> None:
    variable(address)
    found = env.database("PORTAL_TEST")
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")) == expected


def test_unreadable_database_address_is_refused(variable) -> None:
    variable("mysql://ola@db/klima")
    with pytest.raises(BadEnvironment, match="PORTAL_TEST kan ikke leses"):
        env.database("PORTAL_TEST")


own_process = pytest.mark.real_clock(reason="the settings are read by a process of its own")
COOKIES = "s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.DEBUG"


def settings_with(names: str = COOKIES, **variables: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of their own."""
    code = f"from climate_portal import settings as s; print({names})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


FOREIGN_DATABASE = {"DATABASE_URL": "postgresql:///klima", "SECRET_KEY": "x" * 50}


@own_process
def test_debug_with_a_database_we_did_not_start_is_refused() -> None:
    refused = settings_with(DEBUG="1", **FOREIGN_DATABASE)
    assert refused.returncode != 0
    assert "DEBUG er på sammen med en database" in refused.stderr
    assert settings_with(DEBUG="1", PORTAL_EMBEDDED="1", **FOREIGN_DATABASE).stdout.split()[-1] == "True"
    told_to = settings_with(DEBUG="1", PORTAL_ALLOW_DEBUG_DATABASE="1", **FOREIGN_DATABASE)
    assert told_to.stdout.split()[-1] == "True"


@own_process
def test_secret_key_is_required_for_a_real_database() -> None:
    assert "SECRET_KEY mangler" in settings_with(DATABASE_URL="postgresql:///klima").stderr


@own_process
def test_cookies_are_secure_exactly_when_the_address_is_https() -> None:
    plain = settings_with(SITE_ORIGIN="http://127.0.0.1:8123", **FOREIGN_DATABASE)
    assert plain.stdout.split() == ["sessionid", "False", "False"]
    https = settings_with(SITE_ORIGIN="https://klima.kommune.example", **FOREIGN_DATABASE)
    assert https.stdout.split() == ["__Host-sessionid", "True", "False"]


def test_one_of(variable) -> None:
    assert env.one_of("PORTAL_TEST", ("starttls", "tls", "none")) == "starttls"
    variable("TLS")
    assert env.one_of("PORTAL_TEST", ("starttls", "tls", "none")) == "tls"
    variable("ssl")
    with pytest.raises(BadEnvironment, match="bruk starttls eller tls eller none"):
        env.one_of("PORTAL_TEST", ("starttls", "tls", "none"))


MAIL = "s.SENDS_MAIL, s.EMAIL_BACKEND.split('.')[-1], s.EMAIL_USE_TLS, s.EMAIL_USE_SSL"


@own_process
@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({}, ["False", "FolderBackend", "True", "False"]),
        ({"PORTAL_SMTP_HOST": "smtp.example"}, ["True", "EmailBackend", "True", "False"]),
        (
            {"PORTAL_SMTP_HOST": "smtp.example", "PORTAL_SMTP_SECURITY": "tls"},
            ["True", "EmailBackend", "False", "True"],
        ),
        (
            {"PORTAL_SMTP_HOST": "smtp.example", "PORTAL_SMTP_SECURITY": "none"},
            ["True", "EmailBackend", "False", "False"],
        ),
        # The people of the demo do not exist.
        (
            {"PORTAL_SMTP_HOST": "smtp.example", "PORTAL_DEMO": "1"},
            ["False", "FolderBackend", "True", "False"],
        ),
    ],
)
def test_mail_goes_to_the_server_only_where_there_is_one(
    variables: dict[str, str], expected: list[str]
) -> None:
    assert settings_with(MAIL, **variables, **FOREIGN_DATABASE).stdout.split() == expected
