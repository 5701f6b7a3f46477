"""A small invented county for tests: three bodies, a leader, two zones, posts, accounts and a document of eight tasks.

Everything in it is done through acts; a helper here only spares the tests their repetition.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from laid import laid

from luoshi.acts.accounts import create_account
from luoshi.acts.adopt_plan import adopt_plan
from luoshi.acts.assign_entries import Assignment, assign_entries
from luoshi.acts.context import Context, context_for
from luoshi.acts.create_plan import NewPlan, create_plan
from luoshi.acts.handle_reports import accept_reports, sign_reports
from luoshi.acts.keep_document import keep_document
from luoshi.acts.register_people import register_people
from luoshi.acts.review import ACCEPTED
from luoshi.acts.review_proposals import decide_proposals, reviewed
from luoshi.acts.run_month import close_month, open_month
from luoshi.acts.submit_reports import ReportRow, submit_reports
from luoshi.lists.entry import Entry, Moment
from luoshi.lists.holiday import is_working_day
from luoshi.lists.move import Circumstances
from luoshi.people.actor import Actor
from luoshi.people.role import Role
from luoshi.people.roster import Body, Post, Roster
from luoshi.store.entries import find, find_where
from luoshi.store.models import Account, DocumentRow, Rating
from luoshi.store.open_work import open_work
from luoshi.terms.period import Period

COUNTY = "999901"
PLAN = f"{COUNTY}-2023"
PASSWORD = "only-for-tests-7"

DOCUMENT = """云岭县2023年度政府工作报告重点任务

县政府按照清单化抓落实的工作要求，2023年着力抓好8项重点工作：

（一）现代化产业体系方面

1.扩大有效投资。完成固定资产投资60亿元以上，实施重点项目36个以上。

2.壮大先进制造业集群。规上工业增加值增长8%以上，确保高新技术产业增加值占比达90%以上。

3.深化科技创新。实现技术交易额12亿元以上，力争研发经费投入占比达3.5%以上。

（二）生态文明建设方面

4.打好污染防治攻坚战。创建省级园林城市，全面建成中心污水处理厂。

5.推进绿色发展。单位GDP能耗下降3%，建成绿色工厂10家以上。

（三）民生保障方面

6.稳定和扩大就业。新增城镇就业5000人以上，城镇调查失业率控制在5%以内。

7.实施教育强县战略。建成高水平寄宿制学校4所，夺取首批全省教育工作金鼎。

8.提升养老服务水平。新建居家养老服务中心6家，举办养老服务技能大赛1场以上。
"""

BODIES = [
    Body("999901-01", "云岭县人民政府办公室", "县府办", "office", since=date(2020, 1, 1)),
    Body("999901-02", "云岭县发展和改革局", "发改局", "department", aliases=("县发改委",), since=date(2020, 1, 1)),
    Body("999901-03", "云岭县教育局", "教育局", "department", since=date(2020, 1, 1)),
    Body("999901-04", "云岭县委县政府领导", "县领导", "leadership", since=date(2020, 1, 1)),
    Body("999901-05", "云岭高新片区管委会", "高新片区", "zone", since=date(2020, 1, 1)),
    Body("999901-06", "云岭临港片区管委会", "临港片区", "zone", since=date(2020, 1, 1)),
]
OFFICE, PLANNING, EDUCATION, LEADERSHIP, HIGH_TECH, HARBOUR = (body.code for body in BODIES)
SUPERVISOR, LEADER, AUDITOR = "duban", "xianling", "shenji"


def desk_of(body: str) -> str:
    """The account of a body's desk officer."""
    return f"desk{body[-2:]}"


def head_of(body: str) -> str:
    """The account of a body's head."""
    return f"head{body[-2:]}"


def _posts() -> list[Post]:
    found = [
        Post("post:supervisor", OFFICE, Role.SUPERVISOR, "督查室主任", SUPERVISOR, "督甲"),
        Post("post:leader", LEADERSHIP, Role.LEADER, "常务副县长", LEADER, "领甲"),
        Post("post:auditor", OFFICE, Role.AUDITOR, "审计员", AUDITOR, "审甲"),
    ]
    for body in (PLANNING, EDUCATION, HIGH_TECH, HARBOUR):
        number = body[-2:]
        found.append(Post(f"post:desk{number}", body, Role.DESK_OFFICER, "经办人", desk_of(body), f"经{number}"))
        found.append(Post(f"post:head{number}", body, Role.UNIT_HEAD, "负责人", head_of(body), f"负{number}"))
    return found


POSTS = _posts()


def at(month: int, day: int, hour: int = 2) -> datetime:
    """An instant of 2023, UTC; 02:00 is ten in the morning in the county."""
    return datetime(2023, month, day, hour, tzinfo=UTC)


def month(number: int) -> Period:
    """A month of 2023."""
    return Period.month(2023, number)


def founder(now: datetime | None = None) -> Context:
    """The context of the first act of all: a system administrator, before any post is kept."""
    post = Post("post:founder", OFFICE, Role.SYSTEM_ADMINISTRATOR, holder="founder")
    when = Moment(date(2023, 1, 3), now or at(1, 3))
    return Context(Circumstances(Actor("founder", "建", (post,)), when, Roster(), is_working_day, COUNTY))


def acting(account: str, now: datetime) -> Context:
    """The context of an account at an instant."""
    return context_for(Account.objects.get(username=account), now)


class County:
    """The county and what its people do; each method is one act or a row of them by the right people."""

    def registered(self) -> County:
        """Bodies, posts and an account for each post."""
        laid("registered", self._register)
        return self

    def _register(self) -> None:
        register_people(founder(), COUNTY, BODIES, POSTS)
        for post in POSTS:
            create_account(post.holder, post.holder_name, PASSWORD, must_change=False)

    def planned(self) -> County:
        """And an empty plan, with the document kept."""
        laid("planned", self._plan)
        return self

    def _plan(self) -> None:
        self.registered()
        create_plan(self.supervisor(1, 5), NewPlan(COUNTY, "云岭县", 2023, "云岭县2023年重点任务"))
        self.document()

    def adopted(self) -> County:
        """And the first edition adopted, with everything the reader proposed."""
        laid("adopted", lambda: self.planned().adopt(1, 10))
        return self

    def running(self) -> County:
        """And every target and project assigned: tasks 1–6 and 8 to planning, 7 to education."""
        laid("running", lambda: self.adopted().assign_all(1, 15))
        return self

    def supervisor(self, month_number: int, day: int) -> Context:
        """The supervisor's context on a day of 2023."""
        return acting(SUPERVISOR, at(month_number, day))

    def document(self, text: str = DOCUMENT) -> DocumentRow:
        """The document, kept."""
        return keep_document(self.supervisor(1, 6), PLAN, "云岭县2023年重点任务.txt", text.encode())[0]

    def adopt(self, month_number: int, day: int, text: str = DOCUMENT) -> object:
        """Accept every proposal of a document and adopt it."""
        row = self.document(text)
        context = self.supervisor(month_number, day)
        decide_proposals(context, row.sha256, [p.id for p in reviewed(row)], ACCEPTED)
        return adopt_plan(context, PLAN, row.sha256)

    def assign_all(self, month_number: int, day: int) -> None:
        """Give every commitment its lead body."""
        entries = [*find_where(PLAN, "target"), *find_where(PLAN, "task")]
        wanted = [
            Assignment(e.id, EDUCATION if str(e["task_number"]) == "7" else PLANNING, (), "领甲")
            for e in entries
            if e.state == "adopted"
        ]
        assign_entries(self.supervisor(month_number, day), wanted)

    def open(self, number: int) -> None:
        """Open a month's window on its 25th, until the 5th of the next."""
        closes = date(2023, number + 1, 5) if number < 12 else date(2024, 1, 5)
        open_month(self.supervisor(number, 25), PLAN, month(number), closes)

    def close(self, number: int) -> Entry:
        """Close a month on the 6th of the next, with whatever is still open in it."""
        day = (number + 1, 6) if number < 12 else (12, 31)
        return close_month(self.supervisor(*day), PLAN, open_work(PLAN, month(number)))

    def target(self, indicator: str) -> object:
        """The target with this indicator."""
        found = find_where(PLAN, "target", indicator=indicator)
        assert len(found) == 1, (indicator, [e["indicator"] for e in find_where(PLAN, "target")])
        return found[0]

    def submit(self, number: int, *rows: ReportRow, body: str = PLANNING, day: int = 26) -> list[str]:
        """The desk officer reports rows; returns the reports' ids."""
        context = acting(desk_of(body), at(number, day))
        return [entry.id for entry in submit_reports(context, PLAN, month(number), body, rows)]

    def sign(self, number: int, reports: list[str], body: str = PLANNING) -> None:
        """The head of a body signs."""
        sign_reports(acting(head_of(body), at(number, 27)), reports)

    def accept(self, number: int, reports: list[str]) -> None:
        """The supervisor accepts."""
        accept_reports(self.supervisor(number, 28), reports)

    def report(self, number: int, entry_id: str, body: str = PLANNING, **typed: object) -> str:
        """Report, sign and accept one row."""
        reports = self.submit(number, ReportRow(entry_id, typed), body=body)
        self.sign(number, reports, body)
        self.accept(number, reports)
        return reports[0]

    def light(self, entry_id: str, number: int) -> Rating:
        """The light of an entry for a month."""
        return Rating.objects.get(entry_id=entry_id, period=str(month(number)))

    def value(self, entry_id: str, field: str) -> object:
        """A field of an entry as it stands."""
        entry = find(entry_id)
        assert entry is not None
        return entry[field]
