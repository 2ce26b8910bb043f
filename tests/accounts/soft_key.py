"""A passkey in software: what a phone or security key would do, for tests without a browser."""

import secrets
from hashlib import sha256
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts.models import Person

FLAG = AuthenticatorData.FLAG


class SoftKey:
    """One credential, for one site, that has always checked who holds it."""

    def __init__(self, host: str = "testserver", verifies: bool = True) -> None:
        self.host = host
        self.credential_id = secrets.token_bytes(16)
        self.user_handle = ""
        self._flags = FLAG.UP | FLAG.UV if verifies else FLAG.UP
        self._key = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.create`."""
        public_key = options["publicKey"]
        self.user_handle = public_key["user"]["id"]
        data = AttestedCredentialData.create(
            bytes(16), self.credential_id, ES256.from_cryptography_key(self._key.public_key())
        )
        attestation = AttestationObject.create("none", self._authenticator(FLAG.AT, data), {})
        client = self._client(CollectedClientData.TYPE.CREATE, public_key)
        return self._credential(
            attestationObject=websafe_encode(attestation), clientDataJSON=client.b64
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to `navigator.credentials.get`."""
        client = self._client(CollectedClientData.TYPE.GET, options["publicKey"])
        authenticator = self._authenticator()
        signature = self._key.sign(bytes(authenticator) + client.hash, ec.ECDSA(SHA256()))
        return self._credential(
            clientDataJSON=client.b64,
            authenticatorData=websafe_encode(authenticator),
            signature=websafe_encode(signature),
            userHandle=self.user_handle,
        )

    def _authenticator(self, flag: int = 0, data: bytes = b"") -> AuthenticatorData:
        rp_id_hash = sha256(self.host.encode()).digest()
        return AuthenticatorData.create(rp_id_hash, FLAG(self._flags | flag), 0, data)

    def _client(self, kind: str, public_key: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(kind, public_key["challenge"], f"https://{self.host}")

    def _credential(self, **response: str) -> dict[str, Any]:
        identifier = websafe_encode(self.credential_id)
        return {
            "id": identifier,
            "rawId": identifier,
            "type": "public-key",
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": response,
        }


def registered(person: Person) -> Authenticator:
    """A passkey that `person` has set up."""
    options = {"publicKey": {"challenge": "AAAA", "user": {"id": "AA"}}}
    data = {"name": "Phone", "credential": SoftKey().create(options)}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
