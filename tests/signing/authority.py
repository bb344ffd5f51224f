"""A certificate authority for tests: keys made when asked for, people, an agency, a time-stamping authority."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSPHRASE = "mật khẩu thử"
LEADER, AGENCY = "Trần Hồng Túc", "Ủy ban nhân dân phường Nhị Chiểu"
DAY = datetime.timedelta(days=1)


@cache
def key(name: str) -> rsa.RSAPrivateKey:
    """One key a name and test run: making one takes a tenth of a second."""
    return rsa.generate_private_key(65537, 2048)


def subject(name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND phường Nhị Chiểu"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


@dataclass
class Authority:
    """An authority with a root of its own; `crl_url` is put into the certificates it issues."""

    name: str = "Cơ quan chứng thực thử"
    crl_url: str = ""
    revoked: list[x509.Certificate] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = self._issue(self.name, authority=True)

    def issue(
        self, name: str, *, stamps_time: bool = False, before: int = -1, days: int = 365
    ) -> x509.Certificate:
        """A certificate valid from `before` days from now, for `days`."""
        return self._issue(name, stamps_time=stamps_time, before=before, days=days)

    def _issue(
        self,
        name: str,
        *,
        authority: bool = False,
        stamps_time: bool = False,
        before: int = -2,
        days: int = 3650,
    ) -> x509.Certificate:
        start = datetime.datetime.now(datetime.UTC) + before * DAY
        made = (
            x509.CertificateBuilder()
            .subject_name(subject(name))
            .issuer_name(subject(self.name))
            .public_key(key(name).public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + days * DAY)
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
            .add_extension(usage(authority), critical=True)
        )
        made = made.add_extension(
            x509.SubjectKeyIdentifier.from_public_key(key(name).public_key()), critical=False
        )
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key(self.name).public_key()), critical=False
        )
        if stamps_time:
            made = made.add_extension(
                x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
            )
        if self.crl_url and not authority:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(self.crl_url)], None, None, None)
            made = made.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return made.sign(key(self.name), hashes.SHA256())

    def p12(self, certificate: x509.Certificate, name: str) -> bytes:
        """Key and certificate as a PKCS#12 file behind `PASSPHRASE`."""
        secret = serialization.BestAvailableEncryption(PASSPHRASE.encode())
        return pkcs12.serialize_key_and_certificates(
            name.encode(), key(name), certificate, [self.root], secret
        )

    def pem(self) -> bytes:
        return self.root.public_bytes(serialization.Encoding.PEM)

    def crl(self) -> bytes:
        """The revocation list of now, DER."""
        now = datetime.datetime.now(datetime.UTC)
        made = x509.CertificateRevocationListBuilder().issuer_name(subject(self.name))
        made = made.last_update(now - DAY).next_update(now + DAY)
        made = made.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key(self.name).public_key()), critical=False
        ).add_extension(x509.CRLNumber(1), critical=False)
        for certificate in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number)
            made = made.add_revoked_certificate(entry.revocation_date(now - DAY / 2).build())
        return made.sign(key(self.name), hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_cert_sign=authority,
        crl_sign=authority, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
