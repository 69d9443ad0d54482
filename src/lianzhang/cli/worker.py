"""What the web server loads: the site, and beside it the hourly tick in the same process.

The tick lives here because an SQLite file bears one writing process. It reminds of what is due, ends terms
that have run out, and writes down the end of the journal outside the database, so that later tampering shows.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from lianzhang.web.wsgi import application

INTERVAL = timedelta(hours=1)
#: Seconds after which the outbox is looked through without anybody asking.
_MAIL_EVERY = 60

log = logging.getLogger(__name__)


def tick() -> None:
    """Do once what is due every hour. A failure is logged, and the next hour tries again."""
    from django.db import close_old_connections

    from lianzhang.web.cases.actions import adopt
    from lianzhang.web.flow.actions import tick as move_cases
    from lianzhang.web.journal.actions.anchor import anchor_if_due
    from lianzhang.web.subscriptions.actions import deliver

    close_old_connections()
    try:
        adopt()
        move_cases()
    except Exception:
        log.exception("Reminders and terms of cases were not done to the end; the next hour goes on.")
    try:
        deliver()
    except Exception:
        log.exception("Subscribers were not all told; the next hour goes on where this one stopped.")
    try:
        anchor_if_due(every=INTERVAL)
    except Exception:
        log.exception("The journal could not be anchored; it will be tried again in an hour.")
    finally:
        close_old_connections()


def send_mail(stop: threading.Event) -> None:
    """Send what was written to the outbox, at once and whenever a retry is due."""
    from django.db import close_old_connections

    from lianzhang.web.mail.actions import AWAKE, send_due

    while not stop.is_set():
        close_old_connections()
        try:
            send_due()
        except Exception:
            log.exception("Mail was not sent to the end; it will be tried again in a minute.")
        finally:
            close_old_connections()
        AWAKE.wait(_MAIL_EVERY)
        AWAKE.clear()


def every_hour(stop: threading.Event) -> None:
    """Tick now and then once an hour until told to stop."""
    while True:
        tick()
        if stop.wait(INTERVAL.total_seconds()):
            return


def resume_work() -> None:
    """Take up the bulletins that a stopped server left unread, and the tables it left half-way."""
    from lianzhang.web.bulletins.actions.read import resume
    from lianzhang.web.chains.following import begin
    from lianzhang.web.imports.actions.see_through import resume as resume_imports

    resume()
    resume_imports()
    begin()


def warm_up() -> None:
    """Read the tables of pinyin while there is room: they are large for a moment and small afterwards."""
    from lianzhang.web.registry.pinyin import prepare

    prepare()


warm_up()
resume_work()
threading.Thread(target=every_hour, args=(threading.Event(),), name="hourly tick", daemon=True).start()
threading.Thread(target=send_mail, args=(threading.Event(),), name="mail", daemon=True).start()

__all__ = ["application"]
