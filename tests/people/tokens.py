"""An identity provider's key and the tokens it signs, for tests."""

from __future__ import annotations

import base64
import json

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

KEY = generate_private_key(65537, 2048)
OTHER_KEY = generate_private_key(65537, 2048)
SHORT_KEY = generate_private_key(65537, 1024)


def part(content):
    """Base 64 for addresses, without its end."""
    plain = content if isinstance(content, bytes) else json.dumps(content).encode()
    return base64.urlsafe_b64encode(plain).rstrip(b"=").decode()


def jwk(key=KEY, name="k1", **more):
    """The public half as a JSON Web Key."""
    numbers = key.public_key().public_numbers()
    size = (numbers.n.bit_length() + 7) // 8
    return {"kty": "RSA", "kid": name, "n": part(numbers.n.to_bytes(size)), "e": part(numbers.e.to_bytes(3)), **more}


def signed(claims, key=KEY, **head):
    """A token with these claims."""
    text = f"{part({'alg': 'RS256', 'kid': 'k1', **head})}.{part(claims)}"
    return f"{text}.{part(key.sign(text.encode(), PKCS1v15(), SHA256()))}"
