"""What is masked when a line is repeated, and what must stay readable."""

import time

import pytest

from bot.grammar.secrets import is_secret_name, mask, mask_assignment, mask_words
from tests.grammar.commands import line

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N"
HEX = "3e8c17cc79e7409c22b90a4cd6c240c4e14041d375c35d8344aff4d1ad1b62a0"


@pytest.mark.parametrize(
    "name",
    [
        "DB_PASSWORD", "password", "PGPASSWORD", "MYSQL_PWD", "dbPassword", "SECRET", "CLIENT_SECRET", "SECRETS",
        "AWS_SECRET_ACCESS_KEY", "API_KEY", "apiKey", "APIKEY", "x-api-key", "TOKEN", "GITHUB_TOKEN", "AUTHTOKEN",
        "CREDENTIALS", "SENTRY_DSN", "TLS_CERT", "SSH_PRIVATE_KEY", "BASIC_AUTH", "JWT", "DB_PASS", "PASSPHRASE",
        "--token", "com.example.password", "ENCRYPTION_KEY", "SECRET_KEY_BASE", "PGPASS", "smtpPass", "DBPASSWD",
        "requirepass", "--masterauth", "REDIS_MASTERAUTH", "auth-token", "BASICAUTH",
    ],
)  # fmt: skip
def test_names_of_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "MODE", "PWD", "OLDPWD", "KEYBOARD", "MONKEY", "AUTHOR", "TOKENIZERS_PARALLELISM", "PASSENGER", "COMPASS",
        "PASSWORD_FILE", "TOKEN_TTL", "CERT_PATH", "AUTH_ENABLED", "KEY_COUNT", "SECRET_NAME", "PATH", "JAVA_OPTS", "",
        "KEYSTONE", "CERTAIN", "TURKEY", "BYPASS", "encompass", "PASSES", "OAUTH", "PGPASSFILE",
    ],
)  # fmt: skip
def test_names_that_only_sound_like_it(name: str) -> None:
    assert not is_secret_name(name)


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("DB_PASSWORD=hunter2", "DB_PASSWORD=…"),
        ("DB_PASSWORD=a=b c", "DB_PASSWORD=…"),
        ("--password=x!", "--password=…"),
        ("AUTH=true", "AUTH=true"),
        ("MODE=prod", "MODE=prod"),
        ("DB_PASSWORD=", "DB_PASSWORD="),
        ("URL=postgres://app:s3cret@db/x", "URL=postgres://app:…@db/x"),
        ("X=AKIAIOSFODNN7EXAMPLE", "X=…"),
        (
            "JAVA_OPTS=-Xmx512m -Dfoo=bar -Ddb.password=hunter2",
            "JAVA_OPTS=-Xmx512m -Dfoo=bar -Ddb.password=…",
        ),
        (f"IMAGE=busybox@sha256:{HEX}", f"IMAGE=busybox@sha256:{HEX}"),
    ],
)
def test_assignments(word: str, shown: str) -> None:
    assert mask_assignment(word) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:pa55@host/x?y=1", "https://user:…@host/x?y=1"),
        ("redis://:pa55@host", "redis://:…@host"),
        ("amqp://u:p@ss/w@h:1/v", "amqp://u:…@h:1/v"),
        ("https://ghp_0123456789012345678901234567890123ab@github.com/x", "https://…@github.com/x"),
        (JWT, "…"),
        ("Authorization: Bearer abcdef123456", "Authorization: Bearer …"),
        ("xoxb-123456789012-abcdef", "…"),
        ("token ghp_0123456789012345678901234567890123ab end", "token … end"),
        ("github_pat_11AAAAAAA0123456789_abcdef", "…"),
        ("glpat-ABCDEFGHIJ0123456789", "…"),
        ("sk-proj-abcdefghij0123456789", "…"),
        ("sk_live_abcdefghij0123456789", "…"),
        ("AIzaSyA0123456789012345678901234567890", "…"),
        ("dckr_pat_abcdefghij0123456789", "…"),
        ("SWMTKN-1-0123456789abcdef0123456789-x", "…"),
        ("wJalrXUtnFEMI7K7MDENGbPxRfiCYzEXAMPLEKEY0", "…"),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nafter",
            "-----BEGIN RSA PRIVATE KEY-----…\nafter",
        ),
        ("-----BEGIN PRIVATE KEY-----\nMIIE", "-----BEGIN PRIVATE KEY-----…"),
        ('{"password": "a\\"b", "user": "x"}', '{"password": "…", "user": "x"}'),
        ("login?token=abc&x=1", "login?token=…&x=1"),
        ("Password: hunter2", "Password: …"),
        ("export DB_PASSWORD='a b'; ls", "export DB_PASSWORD=…; ls"),
    ],
)
def test_values_that_look_secret(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        HEX, HEX[:12], f"sha256:{HEX}", f"busybox@sha256:{HEX}", "d41d8cd98f00b204e9800998ecf8427e",
        "http://localhost:5000/img@x", "localhost:5000/team/app:1.2", "git@github.com:team/repo",
        "550e8400-e29b-41d4-a716-446655440000", "/usr/local/tomcat/webapps/ROOT/WEB-INF/classes/Main2.class",
        "com.docker.compose.project.working_dir=/srv/shop", "2026-01-02T03:04:05.123456789Z", "MODE=prod",
        "my-very-long-service-name-for-production-eu-west-1", "registry.acme.example/team/web:2026.01.02-rc1",
        "org.springframework.boot.autoconfigure.SpringBootApplication2", "task-executor-1-started",
        "nginx -g 'daemon off;'", "{{.Names}}: {{.Status}}", "type=bind,source=/srv/data,target=/data,readonly",
    ],
)  # fmt: skip
def test_what_must_stay_readable(text: str) -> None:
    assert mask(text) == text
    assert mask_words([text]) == (text,)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("run -e A=b -e DB_PASSWORD=x img", "run --env A=b --env DB_PASSWORD=… img"),
        ("run img --password=x", "run img --password=…"),
        ("run img app --token x -v", "run img app --token … -v"),
        ("run img mysql -psecret -P 3306", "run img mysql -p… -P 3306"),
        ("run img ls -plain", "run img ls -plain"),
        ("run img curl -u me:pw http://x", "run img curl -u … http://x"),
        ("run -u 1000:1000 img", "run --user 1000:1000 img"),
        ("run img sh -c 'mysql -psecret db'", "run img sh -c 'mysql -p… db'"),
        ("run img sh -c 'app --token abc --x'", "run img sh -c 'app --token … --x'"),
        ("run -l api_key=abc img", "run --label api_key=… img"),
        ("run img redis-server --requirepass x", "run img redis-server --requirepass …"),
        ("run img redis-server --masterauth x -v", "run img redis-server --masterauth … -v"),
        ("run -e REDIS_ARGS='--requirepass x' img", "run --env 'REDIS_ARGS=--requirepass …' img"),
        ("run -e REDIS_ARGS=--requirepass=x img", "run --env REDIS_ARGS=--requirepass=… img"),
        ("run -e PGPASS=x img", "run --env PGPASS=… img"),
        ("run img curl -uroot:x http://x", "run img curl -u… http://x"),
        ("run img curl -sSu root:x http://x", "run img curl -sSu … http://x"),
        ("run img curl --user=root:x http://x", "run img curl --user=… http://x"),
        ("run curlimages/curl:8.1.0 -u root:x http://x", "run curlimages/curl:8.1.0 -u … http://x"),
        ("run img sh -c 'echo $(curl -u a:b x)'", "run img sh -c 'echo $(curl -u … x)'"),
        ("run img mongo -p x -u me", "run img mongo -p … -u me"),
        ("run img mongosh -u me -px", "run img mongosh -u me -p…"),
        ("run img sshpass -pxyz ssh -p 22 me@h", "run img sshpass -p… ssh -p 22 me@h"),
        ("run img sshpass -p xyz ssh me@h", "run img sshpass -p … ssh me@h"),
        ("run img influx -password x", "run img influx -password …"),
        ("run img /opt/mssql-tools/bin/sqlcmd -U sa -P x", "run img /opt/mssql-tools/bin/sqlcmd -U sa -P …"),
        ("run img sh -c 'mysql -p\"a b\" -u me'", "run img sh -c 'mysql -p… -u me'"),
        ("run img sh -c \"it isn't mysql -psecret, don't\"", "run img sh -c \"it isn't mysql -p… don't\""),
        ("run --health-cmd 'mysqladmin ping -psecret' img", "run --health-cmd 'mysqladmin ping -p…' img"),
        ("run -p 9090:8080 -u 1000:1000 curl", "run --publish 9090:8080 --user 1000:1000 curl"),
        ("run img curl -o /dev/null -fsS http://x", "run img curl -o /dev/null -fsS http://x"),
        ("run img mysql -p shop -P 3306", "run img mysql -p shop -P 3306"),
        ("run img openssl -key k.pem -cert c.pem", "run img openssl -key k.pem -cert c.pem"),
        ("run img app --password true", "run img app --password true"),
        ("login -p hunter2 reg", "login --password … reg"),
        ("run --log-opt splunk-token=abc img", "run --log-opt splunk-token=… img"),
        ("run --health-cmd 'curl http://u:p@x' img", "run --health-cmd 'curl http://u:…@x' img"),
    ],
)
def test_a_line_is_repeated_without_its_secrets(typed: str, shown: str) -> None:
    assert line(typed).shown == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            "type=volume,volume-opt=o=username=u,password=p,target=/x",
            "type=volume,volume-opt=o=username=u,password=…,target=/x",
        ),
        ("-Dopt=password=abc", "-Dopt=password=…"),
        ("a=1,token=b,c", "a=1,token=…"),
    ],
)
def test_assignments_inside_values(text: str, shown: str) -> None:
    assert mask_assignment(text) == shown


@pytest.mark.parametrize(
    "words",
    [
        ("run", "--name", "mysql", "-p3306:3306", "mysql:8"), ("run", "--name", "login", "-p", "9090:8080", "img"),
        ("run", "--name", "curl", "-u", "1000:1000", "img"), ("ps", "-a"), ("-", "--", ""), ("run", "mysql:8", "-p22"),
        ("mongo", "-p", "127.0.0.1:27017:27017/tcp"), ("MODE=prod",), (HEX, f"web@sha256:{HEX}"),
    ],
)  # fmt: skip
def test_words_that_must_stay_readable(words: tuple[str, ...]) -> None:
    assert mask_words(words) == words


@pytest.mark.parametrize(
    "text",
    [
        "eyJ-" * 16_000,
        "a=" * 32_000,
        "token=" * 11_000,
        'a="' * 22_000,
        '"a":"' * 13_000,
        "token" + " " * 65_000,
    ],
    ids=lambda text: text[:8],
)
def test_a_piece_of_a_log_is_masked_soon_whatever_it_says(text: str) -> None:
    began = time.process_time()
    mask(text)
    assert time.process_time() - began < 2
