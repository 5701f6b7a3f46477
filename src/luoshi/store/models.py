"""The tables. Facts are append-only; everything about entries besides them is a projection of facts."""

from __future__ import annotations

from pathlib import PurePath
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from luoshi.store import second_factor, security_log  # noqa: F401 - tables like those below
from luoshi.store.long_text import LongText


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts; they are made by ``acts.accounts``."""

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account that signs in with this name."""
        return self.get(username=username)


class Account(AbstractBaseUser):
    """账号: a person who can sign in; what it may do follows from the posts it holds."""

    username = models.CharField("账号", max_length=64, unique=True)
    name = models.CharField("姓名", max_length=64)
    is_active = models.BooleanField("启用", default=True)
    must_change_password = models.BooleanField("须改密码", default=False)
    failures = models.PositiveSmallIntegerField("连续失败次数", default=0)
    locked_until = models.DateTimeField("锁定至", null=True, blank=True)
    created_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]


class StoredDefinition(models.Model):
    """清单定义各版: every version of a list under which an entry was ever opened."""

    version = models.CharField(max_length=16, primary_key=True)
    list = models.CharField(max_length=64, db_index=True)
    text = models.TextField()
    taken_at = models.DateTimeField(auto_now_add=True)


class StoredRules(models.Model):
    """规则各版: every wording of light, league and appraisal rules that a month was ever opened with."""

    version = models.CharField(max_length=16, primary_key=True)
    kind = models.CharField(max_length=16)
    name = models.CharField(max_length=64)
    text = models.TextField()
    taken_at = models.DateTimeField(auto_now_add=True)


class StreamHeadRow(models.Model):
    """流首: the newest version and hash of each stream; its row is what writers lock."""

    stream = models.CharField(max_length=120, primary_key=True)
    version = models.PositiveIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class FactRow(models.Model):
    """事实: one line of the ledger; never updated, never deleted (``guards``)."""

    stream = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    act_id = models.CharField(max_length=36, db_index=True)
    occurred_on = models.DateField()
    recorded_at = models.DateTimeField()
    payload = LongText()
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["stream", "version"], name="fact_key")]
        indexes: ClassVar = [models.Index(fields=["recorded_at"], name="fact_recorded")]


class EntryRow(models.Model):
    """条目: the fold of one stream, kept for reading."""

    id = models.CharField(max_length=120, primary_key=True)
    list = models.CharField(max_length=64)
    plan = models.CharField(max_length=32)
    definition = models.CharField(max_length=16)
    state = models.CharField(max_length=32)
    version = models.PositiveIntegerField()
    opened_on = models.DateField()
    values = LongText()
    doings = models.TextField()
    clocks = models.TextField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["plan", "list", "state"], name="entry_plan_list_state"),
            models.Index(fields=["list"], name="entry_list"),
        ]


class PersonalText(models.Model):
    """个人信息: the words of a personal field, which can be erased; facts and entries hold ``token``, their salted hash."""

    token = models.CharField(max_length=80, primary_key=True)
    entry = models.CharField(max_length=120, db_index=True)
    field = models.CharField(max_length=64)
    salt = models.CharField(max_length=64)
    text = models.TextField()


class SealedBallot(models.Model):
    """存票: marks of one ballot under a random key, with nothing that leads to a voter or a time; no fact (``ballots``)."""

    key = models.CharField(max_length=64, primary_key=True)
    vote = models.CharField(max_length=120, db_index=True)
    marks = models.TextField()


class RollMark(models.Model):
    """投票名册: that an account has voted, apart from the ballots; ``key`` is vote and account, never a serial number."""

    key = models.CharField(max_length=200, primary_key=True)
    vote = models.CharField(max_length=120, db_index=True)
    voter = models.CharField(max_length=64)


class RollSalt(models.Model):
    """名册盐值: what a counted vote's roll was hashed with, so that its digest in the record tells nobody who voted."""

    vote = models.CharField(max_length=120, primary_key=True)
    salt = models.CharField(max_length=64)


class IndexCell(models.Model):
    """索引: the value of one indexed field; the only way lists filter and sort (design.md §7).

    ``text`` is the exact writing; SQLite keeps ``number`` to 15 digits, enough to sort by.
    """

    entry = models.ForeignKey(EntryRow, on_delete=models.CASCADE, related_name="cells")
    list = models.CharField(max_length=64)
    plan = models.CharField(max_length=32)
    field = models.CharField(max_length=64)
    text = models.CharField(max_length=200, blank=True)
    number = models.DecimalField(max_digits=30, decimal_places=8, null=True)
    day = models.DateField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["plan", "list", "field", "text"], name="cell_text"),
            models.Index(fields=["plan", "list", "field", "number"], name="cell_number"),
            models.Index(fields=["plan", "list", "field", "day"], name="cell_day"),
            models.Index(fields=["text"], condition=models.Q(list="post", field="holder"), name="cell_holder"),
        ]


class SearchText(models.Model):
    """检索文字: what an entry says in words, and what it said before, with the reasons given; kept for finding it."""

    entry = models.OneToOneField(EntryRow, on_delete=models.CASCADE, primary_key=True, related_name="words")
    list = models.CharField(max_length=64)
    plan = models.CharField(max_length=32)
    now = models.TextField()
    former = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["plan", "list"], name="search_plan_list")]


class Rating(models.Model):
    """评定: the light of one commitment for one month, with how it came about (``assessment.Light``)."""

    entry = models.ForeignKey(EntryRow, on_delete=models.CASCADE, related_name="ratings")
    plan = models.CharField(max_length=32)
    period = models.CharField(max_length=8)
    colour = models.CharField(max_length=16)
    computed_colour = models.CharField(max_length=16)
    base_colour = models.CharField(max_length=16, blank=True)
    word = models.CharField(max_length=16)
    arrival = models.CharField(max_length=16)
    actual = models.CharField(max_length=40, blank=True)
    expected = models.CharField(max_length=40, blank=True)
    percent = models.CharField(max_length=40, blank=True)
    parts = models.CharField(max_length=12, blank=True)
    """Of a task: how many of its commitments could be rated, of how many: ``1/11``."""
    reason = models.CharField(max_length=200, blank=True)
    light = LongText()
    rules = models.CharField(max_length=64)
    rated_on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["entry", "period"], name="rating_key")]
        indexes: ClassVar = [models.Index(fields=["plan", "period", "colour"], name="rating_plan_period")]


class LeagueRow(models.Model):
    """晾晒表: a ranking as computed for one month, with every score's arithmetic."""

    plan = models.CharField(max_length=32)
    period = models.CharField(max_length=8)
    league = models.CharField(max_length=64)
    table = models.TextField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "period", "league"], name="league_key")]


class Snapshot(models.Model):
    """结账快照: everything as known when a month was closed; its hash stands in a fact. Append-only."""

    plan = models.CharField(max_length=32)
    period = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    taken_at = models.DateTimeField()


class CheckpointRow(models.Model):
    """检查点: a signed root over all stream heads (``ledger.checkpoint``). Append-only."""

    number = models.PositiveIntegerField(unique=True)
    taken_at = models.DateTimeField()
    streams = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128)


class DocumentRow(models.Model):
    """文件: a document that was read, byte for byte, and the proposals under review; one set aside is in no list."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    plan = models.CharField(max_length=32, db_index=True)
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True, default="")
    content = models.BinaryField()
    text = models.TextField()
    reading = models.TextField(blank=True)
    review = models.TextField(blank=True)
    uploaded_by = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()
    set_aside_by = models.CharField(max_length=64, blank=True, default="")
    set_aside_at = models.DateTimeField(null=True, blank=True)

    @property
    def called(self) -> str:
        """Its own title; the name of the file for one that has none."""
        return self.title or PurePath(self.name).stem


class Evidence(models.Model):
    """佐证: a file kept under the hash of its content, in LUOSHI_HOME/evidence; ``look`` is what a photo is known by."""

    id = models.CharField(max_length=36, primary_key=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    look = models.CharField(max_length=64, default="", blank=True)
    body = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField()


class Draft(models.Model):
    """草稿: what someone has typed and not yet submitted; no fact."""

    sheet = models.CharField(max_length=160)
    body = models.CharField(max_length=64)
    content = models.TextField()
    saved_by = models.CharField(max_length=64)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "body"], name="draft_key")]


class ApiToken(models.Model):
    """接口令牌: lets another system of one body act as an account; only the hash of its secret is kept."""

    id = models.CharField(max_length=12, primary_key=True)
    secret_sha256 = models.CharField(max_length=64)
    name = models.CharField("用途", max_length=64)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="tokens")
    body = models.CharField("单位", max_length=64)
    made_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    expires_on = models.DateField("有效期至")
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)


class ApiReply(models.Model):
    """已答请求: what a write of the interface was answered, kept under the caller's key so that asking again does nothing."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="replies")
    key = models.CharField(max_length=64)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    answered_at = models.DateTimeField()
    posts = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["token", "key"], name="reply_key")]


class SavedView(models.Model):
    """视图: how someone looks at a list, kept under a name: filters, order and columns as written in its address."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="views")
    county = models.CharField(max_length=32)
    list = models.CharField(max_length=64)
    name = models.CharField("名称", max_length=32)
    query = models.CharField(max_length=1000)
    is_shared = models.BooleanField("全县可见", default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "list", "name"], name="view_key")]
        indexes: ClassVar = [models.Index(fields=["county", "list"], name="view_county_list")]


class Notice(models.Model):
    """提醒: that something happened which one person has to know; title and link only (domain.md §14.3), no fact.

    ``key`` names the happening; nobody is told of it twice. ``target`` is the page as JSON: its name and arguments.
    ``room`` is what a group may be told of it; empty when it concerns this person alone.
    """

    key = models.CharField(max_length=160)
    account = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=160)
    room = models.CharField(max_length=160, blank=True)
    target = models.CharField(max_length=300)
    is_urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    composed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "account"], name="notice_key")]
        indexes: ClassVar = [
            models.Index(fields=["account", "-made_at"], name="notice_account"),
            models.Index(fields=["account"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["made_at"], condition=models.Q(composed_at=None), name="notice_waiting"),
        ]


class Letter(models.Model):
    """信件: one message on its way to one recipient over one channel; the outbox.

    ``taken_until`` is the end of a sender's hold. A letter whose sender died in between is sent again when the hold
    ends, and ``repeats`` counts how often that may have made it arrive twice.
    """

    key = models.CharField(max_length=200)
    channel = models.CharField(max_length=16)
    recipient = models.CharField(max_length=254)
    title = models.CharField(max_length=160)
    lines = models.TextField(blank=True)
    link = models.CharField(max_length=500)
    state = models.CharField(max_length=8, default="waiting")
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True, blank=True)
    taken_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["key", "channel", "recipient"], name="letter_key")]
        indexes: ClassVar = [
            models.Index(fields=["channel", "next_at"], condition=models.Q(state="waiting"), name="letter_waiting"),
            models.Index(fields=["channel", "tried_at"], name="letter_tried"),
        ]


class MessageChoice(models.Model):
    """提醒设置: where and when someone wants to be told, and the hash of the secret of the calendar subscribed to."""

    account = models.CharField(max_length=64, primary_key=True)
    email = models.CharField("电子邮箱", max_length=254, blank=True)
    digest = models.BooleanField("每日汇总", default=True)
    urgent = models.CharField("紧急提醒", max_length=16, default="working_days")
    calendar_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    digested_on = models.DateField(null=True, blank=True)
