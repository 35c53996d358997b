"""The lock of a private key: argon2id of a passphrase, then AES-256-GCM; the text that a file keeps of it."""

from __future__ import annotations

import base64
import hashlib
import os
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORM = "argon2id-aes256gcm"
_PASSES, _KIBIBYTES, _LANES = 3, 65_536, 4
"""What RFC 9106, section 4, recommends where memory is short."""
_MOST_PASSES, _MOST_KIBIBYTES, _MOST_LANES = 20, 1_048_576, 16
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class WrongPassphrase(ValueError):
    """The passphrase does not open the lock, or the locked text was tampered with."""


def new_private() -> bytes:
    """A private key of 32 bytes by the system's chance."""
    number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return number.to_bytes(32, "big")


def demonstration_private(file_uid: str, user_uid: str) -> bytes:
    """The private key of a user of a demonstration file: anybody can derive it, so it proves nothing elsewhere."""
    digest = hashlib.sha512(f"EIC Tracker demonstration key\0{file_uid}\0{user_uid}".encode()).digest()
    return (int.from_bytes(digest, "big") % (_ORDER - 1) + 1).to_bytes(32, "big")


def lock(private: bytes, passphrase: str, kid: str) -> str:
    """The private key as a text that only the passphrase opens; it names its own costs."""
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_derived(passphrase, salt, _PASSES, _KIBIBYTES, _LANES)).encrypt(nonce, private, kid.encode())
    parts = (base64.b64encode(part).decode("ascii") for part in (salt, nonce, sealed))
    return "$".join((_FORM, str(_PASSES), str(_KIBIBYTES), str(_LANES), *parts))


def unlock(locked: str, passphrase: str, kid: str) -> bytes:
    """The private key of 32 bytes; raises WrongPassphrase."""
    try:
        form, passes, kibibytes, lanes, *parts = locked.split("$")
        salt, nonce, sealed = (base64.b64decode(part, validate=True) for part in parts)
        costs = int(passes), int(kibibytes), int(lanes)
    except ValueError:
        raise WrongPassphrase from None
    if form != _FORM or any(
        cost > most for cost, most in zip(costs, (_MOST_PASSES, _MOST_KIBIBYTES, _MOST_LANES), strict=True)
    ):
        raise WrongPassphrase
    try:
        return AESGCM(_derived(passphrase, salt, *costs)).decrypt(nonce, sealed, kid.encode())
    except (InvalidTag, ValueError):
        raise WrongPassphrase from None


def _derived(passphrase: str, salt: bytes, passes: int, kibibytes: int, lanes: int) -> bytes:
    # a keyboard may send an accent as a character of its own
    secret = unicodedata.normalize("NFC", passphrase).encode()
    return hash_secret_raw(secret, salt, passes, kibibytes, lanes, 32, Type.ID)
