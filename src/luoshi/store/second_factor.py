"""动态口令: the second thing someone signs in with: the sealed key of an authenticator, and hashed recovery codes."""

from __future__ import annotations

from django.db import models


class SecondFactor(models.Model):
    """动态口令: of one account; no fact. The key is sealed with the installation's secret, codes are kept as hashes.

    ``confirmed_at`` is empty until a first code was right; ``last_step`` the step whose code was taken last, so that
    no code is taken twice; ``recovery`` the hashes of the recovery codes left, as a JSON list.
    """

    account = models.OneToOneField("store.Account", on_delete=models.CASCADE, primary_key=True, related_name="factor")
    sealed_key = models.TextField()
    confirmed_at = models.DateTimeField("启用时间", null=True, blank=True)
    last_step = models.BigIntegerField(default=-1)
    recovery = models.TextField(default="[]")
