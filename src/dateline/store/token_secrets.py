"""Making and checking tokens: the secret is shown once, the store keeps only its SHA-256.

A secret has 256 random bits, so a plain hash is enough: there is nothing to guess that a slow hash
would protect. Who reads the database cannot come in with what stands there.
"""

import datetime as dt
import hashlib
import hmac
import re
import secrets
from typing import Literal, get_args

from dateline.errors import ConfigError
from dateline.store.tokens import Token, TokenIndex

Role = Literal["viewer", "coder", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)
"""What a token lets its bearer do, each also all that stands before it."""
LONGEST_NAME = 60
# Controls, blanks of other widths, marks of direction, fillers, selectors and tags: the assigned
# characters of the categories Cc, Cf and Z, or default ignorable, in Unicode 16.
_HIDDEN = (
    r"\x00-\x20\x7F-\xA0\xAD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u115F\u1160"
    r"\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\u3164"
    r"\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef"
)
NAME = rf"^[^{_HIDDEN}]+( +[^{_HIDDEN}]+)*$"
"""How a name is written that can stand on record, in words that Python, JSON Schema and Rust read
alike."""
_PREFIX = "dateline_"  # so that scanners of leaked secrets can tell what they found
_BYTES = 32


def issue_token(index: TokenIndex, name: str, role: Role, *, now: dt.datetime | None = None) -> str:
    """Make a token for a name and give its secret, which is not kept and cannot be shown again.

    Raises ConfigError for a name that is empty, long, unprintable or taken.
    """
    check_name(name)
    if role not in ROLES:
        raise ConfigError(f"{role}: no such role; known: {', '.join(ROLES)}")
    secret = _PREFIX + secrets.token_urlsafe(_BYTES)
    made = (now or dt.datetime.now(dt.UTC)).isoformat(timespec="seconds")
    if not index.add(Token(name, role, hash_of(secret), made)):
        raise ConfigError(f"{name}: has a token; revoke it first, or choose another name")
    return secret


def find_token(index: TokenIndex, secret: str) -> Token | None:
    """Give the token of a secret unless it was revoked; None if there is none."""
    return find_hashed(index, hash_of(secret))


def find_hashed(index: TokenIndex, hashed: str) -> Token | None:
    """Give the token of a hash unless it was revoked; None if there is none."""
    token = index.find(hashed)
    return token if token and hmac.compare_digest(token.hash, hashed) else None


def hash_of(secret: str) -> str:
    """Give what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def check_name(name: str) -> None:
    """Raise ConfigError unless a name can stand on record as a person's: short, on one line.

    Unprintable characters and marks that turn the direction of writing could make one name look
    like another.
    """
    if not name.strip() or name != name.strip():
        raise ConfigError("a name is missing, or begins or ends with a blank")
    if len(name) > LONGEST_NAME:
        raise ConfigError(f"the name is longer than {LONGEST_NAME} characters")
    if not re.fullmatch(NAME, name):
        raise ConfigError("the name holds characters that cannot be seen")
