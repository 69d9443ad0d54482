"""Sessions in the database under the digest of their key."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db import DatabaseError, IntegrityError, router, transaction

from lianzhang.kernel import clock


def digest_of(session_key: str) -> str:
    """What the table keeps in place of the key that the browser holds (40 hex characters)."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's database sessions, except that reading the table does not let anybody in."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table of sessions."""
        from lianzhang.web.people.models import LoginSession

        return LoginSession

    def _get_session_from_db(self) -> Any:
        row = self.model.objects.filter(
            session_key=digest_of(self.session_key or ""), expire_date__gt=clock.now()
        ).first()
        if row is None:
            self._session_key = None
        return row

    def load(self) -> dict[str, Any]:
        """The stored values, empty when there is no such living session."""
        row = self._get_session_from_db()
        return self.decode(row.session_data) if row else {}

    def exists(self, session_key: str) -> bool:
        """Whether the key is taken."""
        return bool(self.model.objects.filter(session_key=digest_of(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row for `data`; who and from where stand in columns so that people can see their sessions."""
        return self.model(
            session_key=digest_of(str(self._get_or_create_session_key())),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(modification=clock.now()),
            person_id=data.get(SESSION_KEY),
            address=data.get("address", ""),
            browser=data.get("browser", ""),
        )

    def save(self, must_create: bool = False) -> None:
        """Write the values; an existing row keeps the time at which it was opened."""
        if self.session_key is None:
            self.create()
            return
        row = self.create_model_instance(self._get_session(no_load=must_create))
        using = router.db_for_write(self.model, instance=row)
        with transaction.atomic(using=using):
            if must_create:
                try:
                    with transaction.atomic(using=using):
                        row.save(force_insert=True, using=using)
                except IntegrityError as error:
                    from django.contrib.sessions.backends.base import CreateError

                    raise CreateError from error
                return
            try:
                changed = (
                    self.model.objects.using(using)
                    .filter(pk=row.pk)
                    .update(
                        session_data=row.session_data,
                        expire_date=row.expire_date,
                        person_id=row.person_id,
                        address=row.address,
                        browser=row.browser,
                        seen=clock.now(),
                    )
                )
            except DatabaseError as error:
                raise UpdateError from error
            if not changed:
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        """End a session."""
        key = session_key or self.session_key
        if key is not None:
            self.model.objects.filter(session_key=digest_of(key)).delete()
