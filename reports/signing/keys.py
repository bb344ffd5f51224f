"""Signing keys and whom the ward trusts: key files, PKCS#11 devices, certificates of authorities.

A passphrase or PIN is used and forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pkcs11.exceptions
from asn1crypto import pem, x509
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign import signers
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers.pdf_cms import Signer


class SigningError(ValueError):
    """A signature that was not applied; the sentence is for the officer."""


@dataclass(frozen=True)
class Trust:
    """Whom a ward trusts: certificates of its authorities, and its time-stamping authority ("" for none)."""

    anchors: tuple[x509.Certificate, ...] = ()
    tsa_url: str = ""


@dataclass(frozen=True)
class Key:
    """A signing key at hand; `name` is the common name of its certificate."""

    signer: Signer

    @property
    def name(self) -> str:
        return common_name(self.signer.signing_cert)


def common_name(certificate: x509.Certificate) -> str:
    """The subject's common name, else its organization."""
    subject = certificate.subject.native
    found = subject.get("common_name") or subject.get("organization_name") or ""
    return found if isinstance(found, str) else " ".join(found)


def anchors(path: str) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM file; () for no path. Raises `OSError` or `ValueError`."""
    if not path:
        return ()
    parts = pem.unarmor(Path(path).read_bytes(), multiple=True)
    found = tuple(x509.Certificate.load(der) for kind, _, der in parts if kind == "CERTIFICATE")
    if not found:
        raise ValueError(f"{path}: no certificate")
    return found


def key_file(content: bytes, passphrase: str) -> Key:
    """The key of a PKCS#12 file. Raises `SigningError`."""
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(content, (), passphrase.encode())
    except (ValueError, AttributeError) as error:
        raise SigningError(
            "Không mở được tệp chứng thư: sai mật khẩu, hoặc tệp không phải PKCS#12."
        ) from error
    signer.embed_roots = False
    return Key(signer)


@contextmanager
def device(module: str, token: str, pin: str, label: str) -> Iterator[Key]:
    """The key with a label on a PKCS#11 device, open while used. Raises `SigningError`."""
    try:
        session = open_pkcs11_session(module, token_criteria=TokenCriteria(label=token), user_pin=pin)
    except pkcs11.exceptions.PinIncorrect as error:
        raise SigningError("Sai mã PIN của thiết bị ký.") from error
    except (pkcs11.exceptions.PKCS11Error, RuntimeError) as error:
        raise SigningError(f"Không mở được thiết bị ký “{token}”.") from error
    with session:
        yield Key(PKCS11Signer(session, cert_label=label, embed_roots=False, other_certs_to_pull=None))
